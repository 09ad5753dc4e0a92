import type { Sums } from '../../metrics/metric'

/** By group, the sums of each metric by its position in the query. */
export type Totals = ReadonlyMap<string, readonly (Sums | undefined)[]>

/** The key of a group in `Totals`. */
export const groupKey = (bucket: number, dimensions: readonly string[]): string =>
  JSON.stringify([bucket, ...dimensions])

/** The dimensions of a group by its key. */
export const dimensionsOf = (key: string): string[] => JSON.parse(key).slice(1)
