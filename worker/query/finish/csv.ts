import { type CsvColumn, columnsIn, csvOf } from '../../../shared/csv'
import { type MetricColumn, metricColumns } from '../../../shared/metricColumns'
import type { Answer, Row } from '../../../shared/question'
import { metricOf } from '../../metrics/definitions'

/** The columns of each metric in a CSV: its value alone, or everything beside it. */
export const COLUMN_SETS = ['value', 'all'] as const
export type ColumnSet = (typeof COLUMN_SETS)[number]

const EVERY: readonly MetricColumn[] = ['numerator', 'denominator', 'low', 'high', 'status', 'reason', 'pending']
const COMPARED: readonly MetricColumn[] = ['previous', 'change', 'change_low', 'change_high', 'verdict']

/** An amount always has its currency beside it, as that can differ from line to line. */
const namesOf = (id: string, set: ColumnSet, isCompared: boolean): readonly MetricColumn[] => [
  'value',
  ...(metricOf(id)?.money ? (['currency'] as const) : []),
  ...(set === 'all' ? EVERY : []),
  ...(set === 'all' && isCompared ? COMPARED : []),
]

const columnsOf = ({ query }: Answer, set: ColumnSet): CsvColumn<Row>[] => [
  ...(query.granularity === null ? [] : [{ name: 'time', of: ({ time }: Row) => time }]),
  ...(query.dimensions as readonly string[]).map(name => ({ name, of: (row: Row) => row.dimensions?.[name] })),
  ...(query.metrics as readonly string[]).flatMap(id =>
    columnsIn(metricColumns(id, namesOf(id, set, query.compare !== null)), (row: Row) => row.metrics[id]),
  ),
]

/** The rows of an answer as a table: the time, the dimensions, then the metrics. */
export const csvOfAnswer = (answer: Answer, set: ColumnSet): string => csvOf(columnsOf(answer, set), answer.rows)
