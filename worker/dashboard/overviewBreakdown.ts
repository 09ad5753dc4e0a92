import type { Breakdown, Columns } from './questions'

/** Metrics of pages that need no sessions, which are expensive to read on a busy day. */
const OF_PAGES = ['pageviews', 'clicks', 'scroll_depth'] as const satisfies Columns

/** The breakdown of the overview. */
export const OVERVIEW_BREAKDOWN: Breakdown = {
  metrics: ['visitors', 'sessions', 'bounce_rate', 'conversion_rate', 'revenue'],
  of: { page: OF_PAGES, hostname: OF_PAGES },
  all: ['visitors', 'sessions', 'pageviews', 'bounce_rate', 'conversion_rate', 'revenue'],
  tabs: [
    { title: 'Pages', dimensions: ['page', 'entry_page', 'exit_page', 'hostname'] },
    { title: 'Sources', dimensions: ['channel', 'source', 'referrer'] },
    { title: 'Campaigns', dimensions: ['campaign', 'medium', 'term', 'content'] },
    { title: 'Locations', dimensions: ['country', 'region', 'city', 'language'] },
    { title: 'Devices', dimensions: ['device', 'browser', 'os', 'visitor_type', 'gpc'] },
  ],
}
