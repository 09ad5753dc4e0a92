import { type CsvColumn, columnsIn, csvOf } from '../../../../shared/csv'
import { metricColumns } from '../../../../shared/metricColumns'
import type { MetricValue, Row } from '../../../../shared/question'
import { about } from '../../questions'
import { changeMark, hasChange } from '../components/changeMark'
import { emptyState } from '../components/emptyState'
import { type Child, h } from '../components/h'
import { labelWithBar } from '../components/labelWithBar'
import { lowSampleNote } from '../components/lowSampleNote'
import { queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { table } from '../components/table'
import { valueCell } from '../components/valueCell'
import { warnings } from '../components/warnings'
import { groupText } from '../format/groupText'
import { number } from '../format/number'
import { statusText } from '../format/statusText'
import { definitionOf } from '../state/definitionOf'

const METRIC = 'feature_adoption_rate'
const MOST = 100

const NONE =
  "No feature was used in this period. Send footfall('feature_used', { feature: 'Export' }) when someone uses one, or list your features in Settings."

const rowOf =
  (changes: boolean) =>
  (row: Row): Child[] => {
    const value = row.metrics[METRIC]
    const name = groupText('feature', row.dimensions?.feature ?? '')
    return [
      labelWithBar(name, value?.value ?? 0),
      number(value?.numerator ?? 0),
      valueCell(definitionOf(METRIC), value),
      ...(changes ? [value && changeMark(definitionOf(METRIC), value)] : []),
    ]
  }

const valueIn = ({ metrics }: Row): MetricValue | undefined => metrics[METRIC]

const COLUMNS: readonly CsvColumn<Row>[] = [
  { name: 'feature', of: ({ dimensions }) => dimensions?.feature },
  { name: 'users', of: row => valueIn(row)?.numerator },
  { name: 'active_users', of: row => valueIn(row)?.denominator },
  ...columnsIn(metricColumns(METRIC, ['value', 'low', 'high']), valueIn),
]

/** Feature adoption: the share of active users who used each feature. */
export const features = queryPanel({
  questions: view => [{ ...about(view), metrics: [METRIC], dimensions: ['feature'], limit: MOST }],
  draw: (body, [answer]) => {
    const rows = answer?.rows ?? []
    const unavailable = rows.map(({ metrics }) => metrics[METRIC]).find(value => value?.status === 'needs_identity')
    if (rows.length === 0 || unavailable) return refill(body, emptyState(unavailable ? statusText(unavailable) : NONE))
    const values = rows.map(({ metrics }) => metrics[METRIC])
    const changes = values.some(hasChange)
    const heads = [
      { text: 'Feature' },
      { text: 'Users', number: true },
      { text: '% of active users', help: definitionOf(METRIC).help, number: true },
      ...(changes ? [{ text: 'Change', number: true }] : []),
    ]
    const note = rows.length === MOST && h('p', { class: 'note' }, `Showing the ${MOST} most used features.`)
    refill(
      body,
      table('Adoption by feature', heads, rows.map(rowOf(changes))),
      lowSampleNote(values),
      note,
      ...warnings(answer),
    )
  },
  csv: ([answer]) => csvOf(COLUMNS, answer?.rows ?? []),
})
