import { type CsvColumn, csvOf } from '../../../../shared/csv'
import type { Row } from '../../../../shared/question'
import { aiTexts } from '../../texts/ai'
import { emptyState } from '../components/emptyState'
import { h } from '../components/h'
import { queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { table } from '../components/table'
import { number } from '../format/number'
import { definitionOf } from '../state/definitionOf'

const { crawlers: texts } = aiTexts

const FETCHES = 'ai_fetches'

const nameOf = ({ dimensions }: Row): string => dimensions?.crawler ?? ''
const fetchesOf = ({ metrics }: Row): number => metrics[FETCHES]?.value ?? 0

const COLUMNS: readonly CsvColumn<Row>[] = [
  { name: 'crawler', of: nameOf },
  { name: 'ai_fetches', of: fetchesOf },
]

/** Fetches of pages by crawler. */
export const crawlers = queryPanel({
  questions: ({ site, period }) => [
    { site, period, metrics: [FETCHES], dimensions: ['crawler'], order_by: [[FETCHES, 'desc']], limit: 100 },
  ],
  draw: (body, [answer]) => {
    const rows = answer?.rows ?? []
    if (rows.length === 0) return refill(body, emptyState(texts.none))
    const heads = [{ text: texts.crawler }, { text: definitionOf(FETCHES).name, number: true }]
    const cells = rows.map(row => [h('bdi', {}, nameOf(row)), number(fetchesOf(row))])
    refill(body, table(texts.table, heads, cells))
  },
  csv: ([answer]) => csvOf(COLUMNS, answer?.rows ?? []),
})
