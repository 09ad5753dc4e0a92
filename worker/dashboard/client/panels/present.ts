import { dimensionName } from '../../dimensionName'
import { fill, partsOf } from '../../texts/fill'
import { LOCALE } from '../../texts/locale'
import { nowTexts } from '../../texts/now'
import { announce } from '../components/announce'
import { emptyState } from '../components/emptyState'
import { find } from '../components/find'
import { h } from '../components/h'
import { panel } from '../components/panel'
import { table } from '../components/table'
import { groupText } from '../format/groupText'
import { number } from '../format/number'
import { call } from '../state/call'

const { recent } = nowTexts

const RELOAD_SECONDS = 10

/** The answer of `GET /api/v1/sites/:domain/now`. */
interface Now {
  readonly visitors: number
  readonly events: readonly RecentEvent[]
}

interface RecentEvent {
  readonly time: string
  readonly seconds_ago: number
  readonly name: string
  readonly path: string | null
  readonly channel: string | null
  readonly country: string | null
  readonly device: string | null
}

let announced: number | null = null
const announceChange = (visitors: number): void => {
  if (announced !== visitors) announce(fill(recent.announcement, { count: visitors }))
  announced = visitors
}

const relativeTime = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'always', style: 'short' })

const agoText = (seconds: number): string =>
  seconds < 60 ? relativeTime.format(-seconds, 'second') : relativeTime.format(-Math.floor(seconds / 60), 'minute')

const groupCell = (dimension: string, value: string | null): HTMLElement =>
  h('bdi', {}, value === null ? '–' : groupText(dimension, value))

const DIMENSIONS = ['path', 'channel', 'country', 'device'] as const

const tableOf = (events: readonly RecentEvent[]): HTMLElement =>
  table(
    recent.table,
    [{ text: recent.time }, { text: recent.event }, ...DIMENSIONS.map(id => ({ text: dimensionName(id) }))],
    events.map(event => [
      h(
        'time',
        { datetime: event.time, title: new Date(event.time).toLocaleString(LOCALE) },
        agoText(event.seconds_ago),
      ),
      groupCell('event', event.name),
      ...DIMENSIONS.map(id => groupCell(id, event[id])),
    ]),
  )

const headOf = (visitors: number): HTMLElement =>
  h(
    'p',
    { class: 'present' },
    ...partsOf<'count' | 'number', HTMLElement>(recent.visitors, {
      count: visitors,
      number: h('strong', { class: 'value', 'data-value': visitors }, number(visitors)),
    }),
  )

/** Replaces only the rows, so that the table keeps the focus. */
const drawEvents = (body: HTMLElement, events: readonly RecentEvent[]): void => {
  const rows = body.querySelector('tbody')
  const content = events.length === 0 ? emptyState(recent.none) : tableOf(events)
  if (rows && events.length > 0) rows.replaceWith(find('tbody', content))
  else find('.latest', body).replaceChildren(content)
}

export const present = panel<Now>({
  key: ({ site }) => site,
  load: async ({ site }, signal) => (await call(`/api/v1/sites/${encodeURIComponent(site)}/now`, { signal })).json(),
  draw: (body, { visitors, events }) => {
    if (!body.querySelector('.latest')) body.replaceChildren(headOf(visitors), h('div', { class: 'latest' }))
    find('.present', body).replaceWith(headOf(visitors))
    drawEvents(body, events)
    announceChange(visitors)
  },
  again: () => RELOAD_SECONDS,
})
