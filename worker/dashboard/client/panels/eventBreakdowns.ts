import type { Breakdown, Tab } from '../../breakdown'
import type { Columns } from '../../questions'
import { breakdownPanel } from '../components/breakdownPanel'
import type { Mount } from '../components/panel'

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
  tabs: [{ title: 'Events', dimension: 'event' }],
  none: "No events in this period. Send one with footfall('newsletter', { plan: 'pro' }) or data-footfall=\"newsletter\".",
}

/** The panels of the page Goals & events that count events. */
export const eventBreakdowns = {
  events: breakdownPanel(EVENT_BREAKDOWN),
  outbound: ofEvent(
    'outbound',
    'outbound_click',
    { title: 'Links', dimension: 'property:link_url' },
    'No clicks on outbound links in this period. The script records them automatically.',
  ),
  downloads: ofEvent(
    'downloads',
    'file_download',
    { title: 'Files', dimension: 'property:link_url' },
    'No downloads in this period. The script records clicks on links to PDF, ZIP and other files automatically.',
  ),
  searches: ofEvent(
    'searches',
    'search',
    { title: 'Search terms', dimension: 'property:search_term' },
    'No searches in this period. Add data-modules="pages" and data-search-parameter="q" to the script tag to record search terms.',
  ),
  missing: ofEvent(
    'missing',
    'not_found',
    { title: 'Pages', dimension: 'page' },
    'No 404 pages in this period. Add data-modules="pages" to the script tag to record them.',
  ),
} as const
