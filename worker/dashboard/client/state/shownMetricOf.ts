import type { MetricId } from '../../../metrics/metricId'
import type { View } from '../../address'
import type { Columns } from '../../questions'

/** The metric of these that is drawn: the one whose card was chosen last. */
export const shownMetricOf =
  (metrics: Columns) =>
  ({ own }: View): MetricId =>
    metrics.find(id => id === own.metric) ?? metrics[0]
