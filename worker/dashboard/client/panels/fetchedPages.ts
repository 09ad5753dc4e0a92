import { type CsvColumn, csvOf } from '../../../../shared/csv'
import type { Answer, MetricValue } from '../../../../shared/question'
import type { View } from '../../address'
import type { MetricQuestion } from '../../questions'
import { aiTexts } from '../../texts/ai'
import { fill } from '../../texts/fill'
import { emptyState } from '../components/emptyState'
import { h } from '../components/h'
import { queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { type SortedColumn, sortedTable } from '../components/sortedTable'
import { valueCell } from '../components/valueCell'
import { warnings } from '../components/warnings'
import { groupText } from '../format/groupText'
import { number } from '../format/number'
import { definitionOf } from '../state/definitionOf'

const { pages: texts } = aiTexts

const FETCHES = 'ai_fetches'
const SESSIONS = 'sessions'
const CONVERSION = 'conversion_rate'
const FROM_ASSISTANTS = ['is', 'channel', ['AI assistant']] as const

const MOST = 200
/** Crawlers of a page that its cell names. */
const MOST_NAMED = 3

interface Fetched {
  readonly crawler: string
  readonly fetches: number
}

interface Line {
  readonly page: string
  readonly crawlers: readonly Fetched[]
  readonly fetches: number
  readonly sessions: number
  readonly conversion: MetricValue | undefined
}

const questions = ({ site, period }: View): readonly MetricQuestion[] => [
  { site, period, metrics: [FETCHES], dimensions: ['page', 'crawler'], order_by: [[FETCHES, 'desc']], limit: 1_000 },
  {
    site,
    period,
    metrics: [SESSIONS, CONVERSION],
    parameters: { [CONVERSION]: { scope: 'session' } },
    dimensions: ['entry_page'],
    filters: [FROM_ASSISTANTS],
    order_by: [[SESSIONS, 'desc']],
    limit: MOST,
  },
]

const crawlersIn = (answer: Answer | undefined): ReadonlyMap<string, readonly Fetched[]> =>
  new Map(
    [...Map.groupBy(answer?.rows ?? [], ({ dimensions }) => dimensions?.page ?? '')].map(([page, rows]) => [
      page,
      rows.map(({ dimensions, metrics }) => ({
        crawler: dimensions?.crawler ?? '',
        fetches: metrics[FETCHES]?.value ?? 0,
      })),
    ]),
  )

const linesOf = ([fetched, visited]: readonly Answer[]): Line[] => {
  const crawlers = crawlersIn(fetched)
  const sessions = new Map(visited?.rows.map(row => [row.dimensions?.entry_page ?? '', row.metrics]))
  return [...new Set([...crawlers.keys(), ...sessions.keys()])].map(page => {
    const of = crawlers.get(page) ?? []
    return {
      page,
      crawlers: of,
      fetches: of.reduce((sum, { fetches }) => sum + fetches, 0),
      sessions: sessions.get(page)?.[SESSIONS]?.value ?? 0,
      conversion: sessions.get(page)?.[CONVERSION],
    }
  })
}

const crawlersText = ({ crawlers }: Line): string => {
  const named = crawlers.slice(0, MOST_NAMED).map(({ crawler, fetches }) => `${crawler} ${number(fetches)}`)
  const more = crawlers.length - named.length
  return [...named, ...(more > 0 ? [fill(texts.moreCrawlers, { count: more })] : [])].join(', ')
}

const COLUMNS: readonly SortedColumn<Line>[] = [
  {
    id: 'page',
    text: texts.page,
    cell: ({ page }) => h('bdi', {}, groupText('page', page)),
    value: ({ page }) => page,
  },
  {
    id: 'fetches',
    text: definitionOf(FETCHES).name,
    number: true,
    cell: ({ fetches }) => number(fetches),
    value: ({ fetches }) => fetches,
  },
  { id: 'by', text: texts.fetchedBy, wide: true, cell: line => h('bdi', {}, crawlersText(line)), value: crawlersText },
  {
    id: 'sessions',
    text: texts.sessions,
    number: true,
    cell: ({ sessions }) => number(sessions),
    value: ({ sessions }) => sessions,
  },
  {
    id: 'conversion',
    text: definitionOf(CONVERSION).name,
    number: true,
    cell: ({ conversion }) => valueCell(definitionOf(CONVERSION), conversion) ?? '–',
    value: ({ conversion }) => conversion?.value ?? null,
  },
]

const SHOWN = { columns: COLUMNS, name: 'ai_order', usual: { by: 'fetches', direction: 'desc' } } as const

const CSV: readonly CsvColumn<Line>[] = [
  { name: 'page', of: ({ page }) => page },
  { name: 'ai_fetches', of: ({ fetches }) => fetches },
  { name: 'fetched_by', of: crawlersText },
  { name: 'sessions_from_assistants', of: ({ sessions }) => sessions },
  { name: 'conversion_rate', of: ({ conversion }) => conversion?.value },
]

/** Pages by who fetched them, the sessions from assistants that began there, and how many of those converted. */
export const fetchedPages = queryPanel({
  questions,
  draw: (body, answers, view) => {
    const lines = linesOf(answers)
    if (lines.length === 0) return refill(body, emptyState(texts.none))
    refill(
      body,
      sortedTable(texts.table, SHOWN, lines.slice(0, MOST), view),
      lines.length > MOST && h('p', { class: 'note' }, fill(texts.most, { shown: MOST, count: lines.length })),
      ...warnings(answers[1]),
    )
  },
  csv: answers => csvOf(CSV, linesOf(answers)),
})
