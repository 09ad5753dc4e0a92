import type { MetricColumn } from '../../../../shared/metricColumns'
import type { MetricId } from '../../../metrics/metricId'
import { definitionOf } from '../state/definitionOf'

/** The CSV columns of a metric: an amount always has its currency. */
export const valueColumns = (id: MetricId): readonly MetricColumn[] =>
  definitionOf(id).unit === 'currency' ? ['value', 'currency'] : ['value']
