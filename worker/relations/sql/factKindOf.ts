import type { AnyRule } from '../../../shared/settings'
import type { FactKind } from './tables'

const isOfViews = (rule: AnyRule): boolean =>
  'page' in rule || 'scroll' in rule || 'seconds' in rule || ('event' in rule && rule.event === 'page_view')

/** Whether page views, events or both can meet rules. */
export const factKindOf = (rules: readonly AnyRule[]): FactKind => {
  if (rules.every(isOfViews)) return 'views'
  return rules.some(isOfViews) ? 'both' : 'events'
}
