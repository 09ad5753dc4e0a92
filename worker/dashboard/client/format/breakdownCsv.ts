import { type CsvColumn, columnsIn, csvOf } from '../../../../shared/csv'
import { type MetricColumn, metricColumns } from '../../../../shared/metricColumns'
import type { Row } from '../../../../shared/question'
import type { MetricId } from '../../../metrics/metricId'
import type { GroupTable } from '../../breakdown'
import { extrasOf, type Groups, groupOf, shareOf } from '../components/groupRows'
import { groupText, isCoded } from './groupText'
import { valueColumns } from './valueColumns'

/** The group as stored, and for a code its name. */
const groupColumns = (shown: GroupTable): readonly CsvColumn<Row>[] => {
  const { dimension } = shown
  const group = { name: dimension, of: (row: Row) => groupOf(shown, row) }
  const name = { name: `${dimension}_name`, of: (row: Row) => groupText(dimension, groupOf(shown, row)) }
  return isCoded(dimension) ? [group, name] : [group]
}

/** The CSV of a breakdown, one line per group on the screen. */
export const breakdownCsv = (shown: GroupTable, groups: Groups): string => {
  const { metrics } = shown
  const [first] = metrics
  const valuesOf = (id: MetricId, names: readonly MetricColumn[]): CsvColumn<Row>[] =>
    columnsIn(metricColumns(id, names), (row: Row) => row.metrics[id])
  const { shares, changes } = extrasOf(shown, groups)
  const share = { name: `${first}_share`, of: (row: Row) => shareOf(shown, groups, row) }
  const [value = [], ...rest] = metrics.map(id => valuesOf(id, valueColumns(id)))
  const extras = [...(shares ? [share] : []), ...(changes ? valuesOf(first, ['previous', 'change', 'verdict']) : [])]
  return csvOf([...groupColumns(shown), ...value, ...extras, ...rest.flat()], groups.rows)
}
