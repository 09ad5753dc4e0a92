import type { FAMILIES } from './definitions'

/** The id of a metric of the catalogue. */
export type MetricId = (typeof FAMILIES)[number]['metrics'][number]['id']
