import { type CsvColumn, columnsIn, csvOf } from '../../../../shared/csv'
import { metricColumns } from '../../../../shared/metricColumns'
import type { MetricValue, Row } from '../../../../shared/question'
import { about } from '../../questions'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { usersTexts } from '../../texts/users'
import { changeCell } from '../components/changeCell'
import { hasChange } from '../components/changeMark'
import { emptyState } from '../components/emptyState'
import { h } from '../components/h'
import { labelWithBar } from '../components/labelWithBar'
import { lowSampleNote } from '../components/lowSampleNote'
import { queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { type SortedColumn, sortedRows, sortedTable } from '../components/sortedTable'
import { valueCell } from '../components/valueCell'
import { warnings } from '../components/warnings'
import { groupText } from '../format/groupText'
import { number } from '../format/number'
import { statusText } from '../format/statusText'
import { definitionOf } from '../state/definitionOf'

const { features: texts } = usersTexts
const { tables } = clientFrameTexts

const NONE = fill(texts.none, { call: "footfall('feature_used', { feature: 'Export' })" })

const METRIC = 'feature_adoption_rate'
const MOST = 100

const valueIn = ({ metrics }: Row): MetricValue | undefined => metrics[METRIC]

const nameIn = ({ dimensions }: Row): string => groupText('feature', dimensions?.feature ?? '')

const usersIn = (row: Row): number => valueIn(row)?.numerator ?? 0

const CHANGE: SortedColumn<Row> = {
  id: 'change',
  text: tables.change,
  number: true,
  value: row => valueIn(row)?.change?.value ?? null,
  cell: row => changeCell(definitionOf(METRIC), valueIn(row)),
}

const sortOf = (rows: readonly Row[]) => ({
  columns: [
    {
      id: 'feature',
      text: texts.feature,
      value: nameIn,
      cell: (row: Row) => labelWithBar(nameIn(row), valueIn(row)?.value ?? 0),
    },
    { id: 'users', text: tables.users, number: true, value: usersIn, cell: (row: Row) => number(usersIn(row)) },
    {
      id: METRIC,
      text: tables.shareOfActive,
      help: definitionOf(METRIC).help,
      number: true,
      value: (row: Row) => valueIn(row)?.value ?? null,
      cell: (row: Row) => valueCell(definitionOf(METRIC), valueIn(row)),
    },
    ...(rows.map(valueIn).some(hasChange) ? [CHANGE] : []),
  ],
  name: 'features_sort',
  usual: { by: 'users', direction: 'desc' } as const,
})

const COLUMNS: readonly CsvColumn<Row>[] = [
  { name: 'feature', of: ({ dimensions }) => dimensions?.feature },
  { name: 'users', of: row => valueIn(row)?.numerator },
  { name: 'active_users', of: row => valueIn(row)?.denominator },
  ...columnsIn(metricColumns(METRIC, ['value', 'low', 'high']), valueIn),
]

/** Feature adoption: the share of active users who used each feature. */
export const features = queryPanel({
  questions: view => [{ ...about(view), metrics: [METRIC], dimensions: ['feature'], limit: MOST }],
  draw: (body, [answer], view) => {
    const rows = answer?.rows ?? []
    const unavailable = rows.map(({ metrics }) => metrics[METRIC]).find(value => value?.status === 'needs_identity')
    if (rows.length === 0 || unavailable) return refill(body, emptyState(unavailable ? statusText(unavailable) : NONE))
    const note = rows.length === MOST && h('p', { class: 'note' }, fill(texts.most, { count: MOST }))
    refill(
      body,
      sortedTable(texts.table, sortOf(rows), rows, view),
      lowSampleNote(rows.map(valueIn)),
      note,
      ...warnings(answer),
    )
  },
  csv: ([answer], view) => {
    const rows = answer?.rows ?? []
    return csvOf(COLUMNS, sortedRows(sortOf(rows), rows, view))
  },
})
