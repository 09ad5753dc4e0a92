import type { MetricColumn } from '../../../../shared/metricColumns'
import type { MetricId } from '../../../metrics/metricId'
import { definitionOf } from '../state/definitionOf'

/** What a CSV tells of a metric at least: an amount never goes without its currency. */
export const valueColumns = (id: MetricId): readonly MetricColumn[] =>
  definitionOf(id).unit === 'currency' ? ['value', 'currency'] : ['value']
