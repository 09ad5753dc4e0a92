import type { MetricId } from '../metrics/metricId'

/** The metrics of the overview's cards. The first is charted until another is chosen. */
export const OVERVIEW_CARDS = [
  'visitors',
  'sessions',
  'pageviews',
  'bounce_rate',
  'session_duration',
  'conversion_rate',
  'revenue',
  'cart_abandonment_rate',
] as const satisfies readonly MetricId[]
