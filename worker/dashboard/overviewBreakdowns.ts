import type { Breakdown } from './breakdown'
import type { Columns } from './questions'
import { SOURCE_TABS } from './sourceTabs.ts'

/** Daily rollups hold visitors by common dimensions, so these panels are cheap. */
const VISITORS = ['visitors'] as const satisfies Columns
/** Metrics of pages that need no sessions, which are expensive to read on a busy day. */
const OF_PAGES = { metrics: ['pageviews'], sheet: ['pageviews', 'clicks', 'scroll_depth'] } as const
const OF_SESSIONS = ['visitors', 'sessions', 'bounce_rate', 'conversion_rate', 'revenue'] as const satisfies Columns

const ALL = [
  'visitors',
  'sessions',
  'pageviews',
  'bounce_rate',
  'session_duration',
  'conversion_rate',
  'revenue',
  'clicks',
  'scroll_depth',
] as const satisfies Columns

const COMMON = { metrics: VISITORS, sheet: OF_SESSIONS, all: ALL } as const

/** The breakdowns of the overview. */
export const OVERVIEW_BREAKDOWNS = [
  {
    ...COMMON,
    id: 'sources',
    tabs: [
      ...SOURCE_TABS,
      { title: 'Referrers', dimension: 'referrer', rare: true },
      { title: 'Mediums', dimension: 'medium', rare: true },
      { title: 'Terms', dimension: 'term', rare: true },
      { title: 'Contents', dimension: 'content', rare: true },
    ],
  },
  {
    ...COMMON,
    id: 'pages',
    steady: true,
    of: { page: OF_PAGES, hostname: OF_PAGES },
    tabs: [
      { title: 'Top', dimension: 'page' },
      { title: 'Entry', dimension: 'entry_page' },
      { title: 'Exit', dimension: 'exit_page' },
      { title: 'Hostnames', dimension: 'hostname', rare: true },
    ],
  },
  {
    ...COMMON,
    id: 'locations',
    steady: true,
    tabs: [
      { title: 'Map', dimension: 'country', isMap: true },
      // The outlines of the map would double what the first load transfers.
      { title: 'Countries', dimension: 'country', isUsual: true },
      { title: 'Regions', dimension: 'region' },
      { title: 'Cities', dimension: 'city' },
      { title: 'Languages', dimension: 'language' },
    ],
  },
  {
    ...COMMON,
    id: 'devices',
    steady: true,
    tabs: [
      { title: 'Type', dimension: 'device' },
      { title: 'Browser', dimension: 'browser' },
      { title: 'OS', dimension: 'os' },
      { title: 'New or returning', dimension: 'visitor_type', rare: true },
      { title: 'Privacy control', dimension: 'gpc', rare: true },
    ],
  },
] as const satisfies readonly Breakdown[]
