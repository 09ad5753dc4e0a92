import type { AnyRule } from '../../shared/settings.ts'
import type { Fact } from './fact.ts'

/** A string in which `*` matches any run of characters. */
export const asPattern = (text: string): RegExp =>
  new RegExp(`^${text.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 's')

/** True if an event meets a rule: an event name, a page view, how much or how long of it was seen, the use of a feature. */
export const meets =
  (rule: AnyRule) =>
  ({ event, isView }: Fact): boolean => {
    if ('event' in rule) return event.name === rule.event
    if ('scroll' in rule) return isView && event.scroll_depth !== undefined && event.scroll_depth >= rule.scroll
    if ('seconds' in rule) return isView && (event.engaged_seconds ?? 0) >= rule.seconds
    if ('page' in rule)
      return isView && event.url !== undefined && asPattern(rule.page).test(new URL(event.url).pathname)
    return event.name === 'feature_used' && event.properties?.feature === rule.feature
  }
