import type { MetricId } from '../../../metrics/metricId'
import type { Definition } from '../../page'
import { PAGE } from './page'

/** The definition of a metric that the page lists in its `metrics`. */
export const definitionOf = (id: MetricId): Definition => {
  const definition = PAGE.metrics[id]
  if (!definition) throw new Error(`Name ${id} in the page's "metrics".`)
  return definition
}
