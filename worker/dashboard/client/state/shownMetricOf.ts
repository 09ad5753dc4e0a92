import type { MetricId } from '../../../metrics/metricId'
import type { View } from '../../address'
import type { Columns } from '../../questions'

/** Finds the metric to chart: the one in the address, or the first. */
export const shownMetricOf =
  (metrics: Columns) =>
  ({ own }: View): MetricId =>
    metrics.find(id => id === own.metric) ?? metrics[0]
