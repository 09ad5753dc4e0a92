import type { Breakdown, Columns } from './questions'

/** Of pages what is known without their sessions: a busy day's are not read each time somebody looks. */
const OF_PAGES = ['pageviews', 'clicks', 'scroll_depth'] as const satisfies Columns

/** What the overview breaks its numbers down by. */
export const OVERVIEW_BREAKDOWN: Breakdown = {
  metrics: ['visitors', 'sessions', 'bounce_rate', 'conversion_rate', 'revenue'],
  of: { page: OF_PAGES, hostname: OF_PAGES },
  all: ['visitors', 'sessions', 'pageviews', 'bounce_rate', 'conversion_rate', 'revenue'],
  tabs: [
    { title: 'Pages', dimensions: ['page', 'entry_page', 'exit_page', 'hostname'] },
    { title: 'Sources', dimensions: ['channel', 'source', 'referrer'] },
    { title: 'Campaigns', dimensions: ['campaign', 'medium', 'term', 'content'] },
    { title: 'Locations', dimensions: ['country', 'region', 'city', 'language'] },
    { title: 'Devices', dimensions: ['device', 'browser', 'os', 'visitor_type'] },
  ],
}
