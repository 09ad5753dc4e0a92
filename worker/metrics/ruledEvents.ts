import type { AnyRule, SiteSettings } from '../../shared/settings'

/** Names of the events in rules. */
export const eventsOf = (rules: readonly AnyRule[]): string[] =>
  rules.flatMap(rule => ('event' in rule ? [rule.event] : []))

/** Names of the events in a site's rules. */
export const ruledEvents = ({
  conversions,
  value_event,
  product_qualified,
  features,
  goals,
  funnels,
}: SiteSettings): string[] =>
  eventsOf([
    ...conversions,
    ...(value_event ? [value_event] : []),
    ...product_qualified,
    ...features,
    ...goals,
    ...funnels.flatMap(({ steps }) => steps),
  ])
