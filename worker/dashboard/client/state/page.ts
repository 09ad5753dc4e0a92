import type { MetricColumn } from '../../../../shared/metricColumns'
import type { MetricId } from '../../../metrics/metricId'
import type { Definition, PageData } from '../../page'

/** What the server says of this page. */
export const PAGE = JSON.parse(document.body.dataset.page ?? '{}') as PageData

/** The name, unit and sentence of a metric that the page's entry in the registry names. */
export const definitionOf = (id: MetricId): Definition => {
  const definition = PAGE.metrics[id]
  if (!definition) throw new Error(`Name ${id} in the page's "metrics".`)
  return definition
}

/** What a CSV tells of a metric at least: an amount never goes without its currency. */
export const valueColumns = (id: MetricId): readonly MetricColumn[] =>
  definitionOf(id).unit === 'currency' ? ['value', 'currency'] : ['value']
