import type { MetricId } from '../../../metrics/metricId'
import { definitionOf } from './definitionOf'

/** The name of a metric in the page's language. */
export const metricName = (id: MetricId): string => definitionOf(id).name
