import type { CoverageAnswer, CoveredPages } from '../../../../shared/coverage'
import { type CsvColumn, csvOf } from '../../../../shared/csv'
import { periodText } from '../../address'
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

const shareText = ({ recorded, served }: CoveredPages): string => (served === 0 ? '–' : percent(recorded / served))

const NUMBERS = [
  { text: 'Page views recorded', number: true },
  { text: 'Pages served', number: true },
  { text: 'Recorded', number: true },
] as const

const cellsOf = (pages: CoveredPages): string[] => [number(pages.recorded), number(pages.served), shareText(pages)]

const tables = ({ browsers, days }: CoverageAnswer): HTMLElement[] => [
  h(
    'section',
    { class: 'family' },
    h('h3', {}, 'By browser'),
    table(
      'Coverage by browser',
      [{ text: 'Browser' }, { text: 'Visitors', number: true }, ...NUMBERS],
      browsers.map(one => [h('bdi', {}, groupText('browser', one.browser)), number(one.visitors), ...cellsOf(one)]),
    ),
  ),
  h(
    'section',
    { class: 'family' },
    h('h3', {}, 'By day'),
    table(
      'Coverage by day',
      [{ text: 'Day' }, ...NUMBERS],
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

const ASSUMED =
  'Each visitor counts once a day. The estimate assumes that visitors without the script view as many pages as others with the same browser.'

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
      days.length > 0 && reason === null && h('p', { class: 'note' }, ASSUMED),
      reason !== null && emptyState(reason),
      problem !== null && h('p', { class: 'note' }, `The last attempt to fetch served pages failed: ${problem}`),
      ...(days.length > 0 ? tables(coverage) : []),
    )
  },
  csv: coverage => ({ period: coverage.period, text: csvOf(COLUMNS, csvLines(coverage)) }),
})
