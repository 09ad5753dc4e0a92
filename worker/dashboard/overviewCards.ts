import type { MetricId } from '../metrics/metricId'

/** The key figures of a site, the first of which is drawn over time until another is chosen. */
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
