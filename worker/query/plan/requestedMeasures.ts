import type { SiteSettings } from '../../../shared/settings'
import { measuresOf, type StoredMeasure, storedMeasures } from '../../rollups/storedMeasures'
import type { Query } from '../parse/query'
import type { RequestedMeasure } from './segment'

/** A measure of a query, and how rollups store it where they do. */
export interface PlannedMeasure extends RequestedMeasure {
  readonly stored: StoredMeasure | null
}

/** Rollups hold whole days, by one dimension or none, of everybody. */
const canUseRollups = ({ filters, granularity, dimensions }: Query): boolean =>
  filters.length === 0 && granularity !== 'hour' && dimensions.length <= 1 && dimensions.every(({ rolled }) => rolled)

/** Every measure of a query. */
export const requestedMeasures = (query: Query, settings: SiteSettings): PlannedMeasure[] => {
  const mayBeStored = canUseRollups(query)
  return query.metrics.flatMap(({ metric, args }, position) => {
    if (metric.lacks?.(settings)) return []
    const stored = mayBeStored ? storedMeasures(metric, args, settings, query.dimensions) : []
    return measuresOf(metric, args, settings).map(measure => ({
      ...measure,
      position,
      stored: stored[measure.index] ?? null,
    }))
  })
}
