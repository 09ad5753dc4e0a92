import type { SiteSettings } from '../../../shared/settings'
import { measuresOf, type StoredMeasure, storedMeasures } from '../../rollups/storedMeasures'
import type { Query } from '../parse/query'
import { rollupChoice } from './rollupChoice'
import type { RequestedMeasure } from './segment'

/** A measure of a query, and how rollups store it where they do. */
export interface PlannedMeasure extends RequestedMeasure {
  readonly stored: StoredMeasure | null
}

/** Every measure of a query. */
export const requestedMeasures = (query: Query, settings: SiteSettings): PlannedMeasure[] => {
  const choice = rollupChoice(query)
  return query.metrics.flatMap(({ metric, args }, position) => {
    if (metric.lacks?.(settings, args)) return []
    const stored = choice ? storedMeasures(metric, args, settings, choice.dimensions) : []
    return measuresOf(metric, args, settings).map(measure => ({
      ...measure,
      position,
      stored: stored[measure.index] ?? null,
    }))
  })
}
