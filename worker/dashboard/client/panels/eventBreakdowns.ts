import type { Breakdown, Tab } from '../../breakdown'
import type { Columns } from '../../questions'
import { fill } from '../../texts/fill'
import { goalsTexts } from '../../texts/goals'
import { breakdownPanel } from '../components/breakdownPanel'
import type { Mount } from '../components/panel'

const { events: texts } = goalsTexts

const EVENTS = ['events'] as const satisfies Columns
const COLUMNS = { metrics: EVENTS, sheet: ['events', 'visitors'], all: ['events', 'visitors'] } as const

/** A panel of one event, by page or by a property. */
const ofEvent = (id: string, event: string, tab: Tab, none: string): Mount => {
  const breakdown: Breakdown = {
    ...COLUMNS,
    id,
    tabs: [tab],
    none,
    asks: question => ({ ...question, filters: [...(question.filters ?? []), ['is', 'event', [event]]] }),
  }
  return breakdownPanel(breakdown)
}

/** All events. */
export const EVENT_BREAKDOWN: Breakdown = {
  ...COLUMNS,
  id: 'events',
  tabs: [{ title: texts.tab, dimension: 'event' }],
  none: fill(texts.none, {
    call: "footfall('newsletter', { plan: 'pro' })",
    attribute: 'data-footfall="newsletter"',
  }),
}

/** The panels of the page Goals & events that count events. */
export const eventBreakdowns = {
  events: breakdownPanel(EVENT_BREAKDOWN),
  outbound: ofEvent(
    'outbound',
    'outbound_click',
    { title: texts.links, dimension: 'property:link_url' },
    texts.noLinks,
  ),
  downloads: ofEvent(
    'downloads',
    'file_download',
    { title: texts.files, dimension: 'property:link_url' },
    texts.noFiles,
  ),
  searches: ofEvent(
    'searches',
    'search',
    { title: texts.searches, dimension: 'property:search_term' },
    texts.noSearches,
  ),
  missing: ofEvent('missing', 'not_found', { title: texts.missing, dimension: 'page' }, texts.noMissing),
} as const
