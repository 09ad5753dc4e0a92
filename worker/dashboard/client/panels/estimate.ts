import type { CoverageAnswer, CoveredPages } from '../../../../shared/coverage'
import { type CsvColumn, csvOf } from '../../../../shared/csv'
import { periodText } from '../../address'
import { clientFrameTexts } from '../../texts/clientFrame'
import { coverageTexts } from '../../texts/coverage'
import { fill } from '../../texts/fill'
import { emptyState } from '../components/emptyState'
import { h } from '../components/h'
import { panel } from '../components/panel'
import { refill } from '../components/refill'
import { table } from '../components/table'
import { estimateText } from '../format/estimateText'
import { groupText } from '../format/groupText'
import { number, percent } from '../format/number'
import { timeText } from '../format/timeText'
import { call } from '../state/call'

const { estimate: texts } = coverageTexts

const shareText = ({ recorded, served }: CoveredPages): string => (served === 0 ? '–' : percent(recorded / served))

const NUMBERS = [
  { text: texts.viewsRecorded, number: true },
  { text: texts.pagesServed, number: true },
  { text: texts.recorded, number: true },
] as const

const cellsOf = (pages: CoveredPages): string[] => [number(pages.recorded), number(pages.served), shareText(pages)]

const tables = ({ browsers, days }: CoverageAnswer): HTMLElement[] => [
  h(
    'section',
    { class: 'family' },
    h('h3', {}, texts.byBrowser),
    table(
      texts.byBrowserTable,
      [{ text: texts.browser }, { text: clientFrameTexts.tables.visitors, number: true }, ...NUMBERS],
      browsers.map(one => [h('bdi', {}, groupText('browser', one.browser)), number(one.visitors), ...cellsOf(one)]),
    ),
  ),
  h(
    'section',
    { class: 'family' },
    h('h3', {}, texts.byDay),
    table(
      texts.byDayTable,
      [{ text: texts.day }, ...NUMBERS],
      days.toReversed().map(one => [timeText(one.day, 'day'), ...cellsOf(one)]),
    ),
  ),
]

interface CsvLine extends CoveredPages {
  readonly by: string
  readonly group: string
}

const COLUMNS: readonly CsvColumn<CsvLine>[] = [
  { name: 'by', of: ({ by }) => by },
  { name: 'group', of: ({ group }) => group },
  { name: 'recorded', of: ({ recorded }) => recorded },
  { name: 'served', of: ({ served }) => served },
]

const csvLines = ({ days, browsers }: CoverageAnswer): CsvLine[] => [
  ...browsers.map(one => ({ ...one, by: 'browser', group: one.browser })),
  ...days.map(one => ({ ...one, by: 'day', group: one.day })),
]

/** Recorded page views beside served pages, and an estimate of all visitors. */
export const estimate = panel<CoverageAnswer>({
  key: ({ site, period }) => JSON.stringify([site, period]),
  load: async ({ site, period }, signal) => {
    const search = new URLSearchParams({ period: periodText(period) })
    return (await call(`/api/v1/sites/${encodeURIComponent(site)}/coverage?${search}`, { signal })).json()
  },
  draw: (body, coverage) => {
    const { days, reason, problem } = coverage
    refill(
      body,
      days.length > 0 && h('p', { class: 'estimate' }, h('strong', {}, estimateText(coverage))),
      days.length > 0 && reason === null && h('p', { class: 'note' }, texts.assumed),
      days.length === 0 && emptyState(fill(texts.none, { path: '/api/v1/imports/served_pages' })),
      days.length > 0 && reason !== null && emptyState(reason),
      problem !== null && h('p', { class: 'note' }, fill(texts.failed, { problem })),
      ...(days.length > 0 ? tables(coverage) : []),
    )
  },
  csv: coverage => ({ period: coverage.period, text: csvOf(COLUMNS, csvLines(coverage)) }),
})
