import type { Breakdown } from './breakdown'
import type { Columns } from './questions'
import { SOURCE_TABS } from './sourceTabs.ts'
import { clientFrameTexts } from './texts/clientFrame.ts'
import { overviewTexts } from './texts/overview.ts'

const { tabs } = overviewTexts

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
      { title: tabs.referrers, dimension: 'referrer', rare: true },
      { title: tabs.mediums, dimension: 'medium', rare: true },
      { title: tabs.terms, dimension: 'term', rare: true },
      { title: tabs.contents, dimension: 'content', rare: true },
    ],
  },
  {
    ...COMMON,
    id: 'pages',
    steady: true,
    of: { page: OF_PAGES, hostname: OF_PAGES },
    tabs: [
      { title: tabs.top, dimension: 'page' },
      { title: tabs.entry, dimension: 'entry_page' },
      { title: tabs.exit, dimension: 'exit_page' },
      { title: tabs.hostnames, dimension: 'hostname', rare: true },
    ],
  },
  {
    ...COMMON,
    id: 'locations',
    steady: true,
    tabs: [
      { title: tabs.map, dimension: 'country', isMap: true },
      // The outlines of the map would double what the first load transfers.
      { title: clientFrameTexts.tabs.countries, dimension: 'country', isUsual: true },
      { title: tabs.regions, dimension: 'region' },
      { title: tabs.cities, dimension: 'city' },
      { title: tabs.languages, dimension: 'language' },
    ],
  },
  {
    ...COMMON,
    id: 'devices',
    steady: true,
    tabs: [
      { title: tabs.type, dimension: 'device' },
      { title: tabs.browser, dimension: 'browser' },
      { title: clientFrameTexts.tabs.systems, dimension: 'os' },
      { title: tabs.newOrReturning, dimension: 'visitor_type', rare: true },
      { title: tabs.privacyControl, dimension: 'gpc', rare: true },
    ],
  },
] as const satisfies readonly Breakdown[]
