import type { MetricId } from './metricId'

/** The figures that tell at a glance how a site does, in their order. */
export const HEADLINE_METRICS = [
  'visitors',
  'sessions',
  'pageviews',
  'bounce_rate',
  'session_duration',
  'conversion_rate',
  'revenue',
  'cart_abandonment_rate',
] as const satisfies readonly MetricId[]
