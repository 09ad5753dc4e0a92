import { type CsvColumn, columnsIn, csvOf } from '../../../../shared/csv'
import { metricColumns } from '../../../../shared/metricColumns'
import type { Answer, Row } from '../../../../shared/question'
import type { View } from '../../address'
import { type Breakdown, columnsOf, dimensionOf } from '../../questions'
import { groupText, isCoded } from './groupText'
import { valueColumns } from './valueColumns'

/** The group as stored, and for a code its name. */
const groupColumns = (dimension: string): readonly CsvColumn<Row>[] => {
  const group = (row: Row): string => row.dimensions?.[dimension] ?? ''
  const name = { name: `${dimension}_name`, of: (row: Row) => groupText(dimension, group(row)) }
  return [{ name: dimension, of: group }, ...(isCoded(dimension) ? [name] : [])]
}

/** The CSV of a breakdown, one line per group. */
export const breakdownCsv = (breakdown: Breakdown, answer: Answer | undefined, view: View): string => {
  const metrics = columnsOf(breakdown, view).flatMap(id =>
    columnsIn(metricColumns(id, valueColumns(id)), (row: Row) => row.metrics[id]),
  )
  return csvOf([...groupColumns(dimensionOf(breakdown, view)), ...metrics], answer?.rows ?? [])
}
