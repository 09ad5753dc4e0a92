import { type CsvColumn, columnsIn, csvOf } from '../../../../shared/csv'
import { metricColumns } from '../../../../shared/metricColumns'
import type { Row } from '../../../../shared/question'
import { aiTexts } from '../../texts/ai'
import { emptyState } from '../components/emptyState'
import { h } from '../components/h'
import { queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { table } from '../components/table'
import { valueCell } from '../components/valueCell'
import { warnings } from '../components/warnings'
import { groupText } from '../format/groupText'
import { definitionOf } from '../state/definitionOf'

const { assistants: texts } = aiTexts

const METRICS = ['sessions', 'conversion_rate'] as const

const sourceOf = ({ dimensions }: Row): string => dimensions?.source ?? ''

const COLUMNS: readonly CsvColumn<Row>[] = [
  { name: 'source', of: sourceOf },
  ...METRICS.flatMap(metric =>
    columnsIn(metricColumns(metric, ['value', 'low', 'high']), ({ metrics }: Row) => metrics[metric]),
  ),
]

/** Sessions that began with a link of an AI assistant, by assistant. */
export const assistants = queryPanel({
  questions: ({ site, period }) => [
    {
      site,
      period,
      metrics: METRICS,
      parameters: { conversion_rate: { scope: 'session' } },
      dimensions: ['source'],
      filters: [['is', 'channel', ['AI assistant']]],
      order_by: [['sessions', 'desc']],
      limit: 100,
    },
  ],
  draw: (body, [answer]) => {
    const rows = answer?.rows ?? []
    if (rows.length === 0) return refill(body, emptyState(texts.none))
    const heads = [
      { text: texts.assistant },
      ...METRICS.map(metric => ({ text: definitionOf(metric).name, help: definitionOf(metric).help, number: true })),
    ]
    const cells = rows.map(row => [
      h('bdi', {}, groupText('source', sourceOf(row))),
      ...METRICS.map(metric => valueCell(definitionOf(metric), row.metrics[metric])),
    ])
    refill(body, table(texts.table, heads, cells), ...warnings(answer))
  },
  csv: ([answer]) => csvOf(COLUMNS, answer?.rows ?? []),
})
