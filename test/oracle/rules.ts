import { EVENTS } from '../../shared/events.ts'
import type { Rule, SiteSettings } from '../../shared/settings.ts'
import { EMPTY_SETTINGS } from '../../shared/settings.ts'
import { asPattern } from './dimensions.ts'
import type { Fact } from './fact.ts'
import type { World } from './facts.ts'

/** The settings of a site, without its exclusions. */
export const settingsOf = ({ site }: World): SiteSettings => ({ ...EMPTY_SETTINGS, ...site.settings })

/** True if an event meets a rule: an event name, a page view, the use of a feature. */
export const meets =
  (rule: Rule) =>
  ({ event, isView }: Fact): boolean => {
    if ('event' in rule) return event.name === rule.event
    if ('page' in rule)
      return isView && event.url !== undefined && asPattern(rule.page).test(new URL(event.url).pathname)
    return event.name === 'feature_used' && event.properties?.feature === rule.feature
  }

const BUILT_IN: readonly Rule[] = EVENTS.filter(event => 'conversion' in event).map(({ name }) => ({ event: name }))

/** True if an event is a conversion of the site: once, however many rules it meets. */
export const isConversion =
  (world: World) =>
  (fact: Fact): boolean =>
    [...BUILT_IN, ...settingsOf(world).conversions].some(rule => meets(rule)(fact))
