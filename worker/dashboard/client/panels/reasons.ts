import { type CsvColumn, csvOf } from '../../../../shared/csv'
import type { DateRange } from '../../../../shared/question'
import { DAY } from '../../../../shared/time'
import { DEFAULT_VIEW, periodText, searchOf, type View } from '../../address'
import { excludedTexts } from '../../texts/excluded'
import { fill } from '../../texts/fill'
import { emptyState } from '../components/emptyState'
import { type Child, h } from '../components/h'
import { panel } from '../components/panel'
import { sparkline } from '../components/sparkline'
import { table } from '../components/table'
import { type Exclusion, exclusionOf } from '../format/exclusionOf'
import { number } from '../format/number'
import { timeText } from '../format/timeText'
import { call } from '../state/call'
import { PAGE } from '../state/page'

const { reasons: texts } = excludedTexts

interface Count {
  /** UTC. */
  readonly day: string
  readonly reason: string
  readonly count: number
}

/** The answer of `GET /api/v1/sites/:domain/refusals`. */
interface Excluded {
  readonly period: DateRange
  readonly rows: readonly Count[]
}

interface Reason {
  readonly reason: string
  readonly exclusion: Exclusion
  readonly total: number
  readonly byDay: ReadonlyMap<string, number>
}

const reasonsIn = ({ rows }: Excluded): Reason[] =>
  [...Map.groupBy(rows, ({ reason }) => reason)]
    .map(([reason, counts]) => ({
      reason,
      exclusion: exclusionOf(reason),
      total: counts.reduce((sum, { count }) => sum + count, 0),
      byDay: new Map(counts.map(({ day, count }) => [day, count])),
    }))
    .sort((a, b) => b.total - a.total)

/** The days of a period up to today. */
const daysOf = ({ from, to }: DateRange): string[] => {
  const [first, last] = [Date.parse(from), Math.min(Date.parse(to), Date.now())]
  return Array.from({ length: Math.floor((last - first) / DAY) + 1 }, (_, at) =>
    new Date(first + at * DAY).toISOString().slice(0, 10),
  )
}

/** Only the owner can add a domain. */
const hostLink = (reason: string, { site }: View): HTMLElement | false =>
  reason === 'foreign_hostname' &&
  PAGE.rights.edit &&
  h('a', { href: `/settings${searchOf({ ...DEFAULT_VIEW, site })}#hostnames` }, texts.addDomain)

const item = ({ reason, exclusion, total, byDay }: Reason, days: readonly string[], view: View): HTMLElement =>
  h(
    'li',
    { class: 'exclusion', 'data-reason': reason },
    h('h4', {}, exclusion.title, ' ', h('code', {}, reason)),
    h('strong', { class: 'value', 'data-value': total }, number(total)),
    h(
      'span',
      { class: 'spark' },
      days.length > 1 &&
        sparkline(
          fill(texts.trend, { reason: exclusion.title }),
          days.map(day => byDay.get(day) ?? 0),
        ),
    ),
    h('p', {}, exclusion.advice, ' ', hostLink(reason, view)),
  )

const KINDS = [
  { kind: 'rejected', title: texts.rejected },
  { kind: 'filtered', title: texts.filtered },
] as const

const groups = (reasons: readonly Reason[], days: readonly string[], view: View): HTMLElement[] =>
  KINDS.flatMap(({ kind, title }) => {
    const items = reasons.filter(({ exclusion }) => exclusion.kind === kind)
    if (items.length === 0) return []
    const list = h('ul', {}, ...items.map(one => item(one, days, view)))
    return [h('section', { class: 'family' }, h('h3', {}, title), list)]
  })

/** Days with exclusions, newest first, with a column for each reason. */
const byDay = (reasons: readonly Reason[]): HTMLElement => {
  const days = [...new Set(reasons.flatMap(reason => [...reason.byDay.keys()]))].sort().reverse()
  const heads = reasons.map(({ exclusion }) => ({ text: exclusion.title, number: true }))
  const rows = days.map((day): Child[] => [
    timeText(day, 'day'),
    ...reasons.map(reason => number(reason.byDay.get(day) ?? 0)),
  ])
  return h(
    'section',
    { class: 'family' },
    h('h3', {}, texts.byDay),
    table(texts.byDayTable, [{ text: texts.day }, ...heads], rows),
  )
}

const COLUMNS: readonly CsvColumn<Count>[] = [
  { name: 'day', of: ({ day }) => day },
  { name: 'reason', of: ({ reason }) => reason },
  { name: 'name', of: ({ reason }) => exclusionOf(reason).title },
  { name: 'kind', of: ({ reason }) => exclusionOf(reason).kind },
  { name: 'count', of: ({ count }) => count },
]

const unfiltered = ({ filters, segment }: View): HTMLElement | false =>
  (filters.length > 0 || segment !== '') && h('p', { class: 'note' }, texts.noFilters)

export const reasons = panel<Excluded>({
  key: ({ site, period }) => JSON.stringify([site, period]),
  load: async ({ site, period }, signal) => {
    const search = new URLSearchParams({ period: periodText(period) })
    return (await call(`/api/v1/sites/${encodeURIComponent(site)}/refusals?${search}`, { signal })).json()
  },
  draw: (body, data, view) => {
    const reasonsFound = reasonsIn(data)
    const content =
      reasonsFound.length === 0
        ? [emptyState(texts.none)]
        : [...groups(reasonsFound, daysOf(data.period), view), byDay(reasonsFound)]
    body.replaceChildren(...content, ...[unfiltered(view)].filter(note => note !== false))
  },
  csv: ({ period, rows }) => ({ period, text: csvOf(COLUMNS, rows) }),
})
