import type { SiteSettings } from '../../shared/settings'

/** Names of the events in a site's rules. */
export const ruledEvents = ({ conversions, value_event, product_qualified, features }: SiteSettings): string[] =>
  [...conversions, ...(value_event ? [value_event] : []), ...product_qualified, ...features].flatMap(rule =>
    'event' in rule ? [rule.event] : [],
  )
