import { CONTENT_SITE } from './simulate.ts'

/** What was measured: see docs/benchmarks.json. */
export const FIGURES = [
  'rows_written_per_pageview',
  /** By storing and settling, without what the dashboard reads. */
  'rows_read_per_pageview',
  'bytes_per_pageview',
  'cpu_ms_per_beacon',
  /** Of the database, for storing beacon by beacon as they come, not in batches, and for settling. */
  'db_ms_per_pageview',
  /** By a cron that finds nothing to settle. */
  'rows_read_per_cron',
  /** By one load of the overview, with a million page views in the month. */
  'rows_read_dashboard_30d',
] as const

export type Figures = Readonly<Record<(typeof FIGURES)[number], number>>

/** Takes the figures out of what `npm run bench -- --json` prints. */
export const figuresOf = (json: unknown): Figures => {
  const given: Readonly<Record<string, unknown>> = { ...(json as Record<string, unknown>) }
  const found = FIGURES.map(name => [name, given[name]] as const)
  const lacking = found.filter(([, value]) => typeof value !== 'number' || !(value > 0)).map(([name]) => name)
  if (lacking.length > 0) throw new Error(`The figures lack ${lacking.join(', ')}: each must be a number above 0.`)
  return Object.fromEntries(found) as Figures
}

/** What the benchmark cannot measure, and is taken to be. */
export const ASSUMED = {
  daysPerMonth: 30,
  /** A page's beginning and its leaving. */
  beaconsPerPageview: 2,
  /** s.js is kept for a day by browsers: one request a session, in truth less. */
  scriptsPerPageview: 1 / CONTENT_SITE.pagesPerSession,
  /** As in wrangler.toml: every five minutes. */
  cronsPerDay: 288,
  dashboardLoadsPerDay: 20,
  requestsPerLoad: 10,
  /** The page views in a month for which the dashboard's rows were measured; of more it is taken to read more in proportion. */
  dashboardPageviews: 1e6,
  /** The share of a day's page views that its busiest hour has. */
  busiestHour: 0.1,
  /** The share of a database's time that writing may take; the rest is for questions and for bursts within the hour. */
  busyShare: 0.5,
} as const

export interface Usage {
  readonly requests: number
  readonly cpuMs: number
  readonly rowsWritten: number
  readonly rowsRead: number
  /** Bytes that the month adds. */
  readonly bytes: number
}

const perMonth = (perDay: number): number => perDay * ASSUMED.daysPerMonth

/** Rows that the cron and the dashboard read in a month. */
const rowsReadBesides = (figures: Figures, pageviews: number): number => {
  const growth = Math.max(1, pageviews / ASSUMED.dashboardPageviews)
  const loads = ASSUMED.dashboardLoadsPerDay * figures.rows_read_dashboard_30d * growth
  return perMonth(ASSUMED.cronsPerDay * figures.rows_read_per_cron + loads)
}

/** Requests that are not the visitors'. */
export const ownRequestsPerDay = ASSUMED.cronsPerDay + ASSUMED.dashboardLoadsPerDay * ASSUMED.requestsPerLoad

export const requestsPerPageview = ASSUMED.beaconsPerPageview + ASSUMED.scriptsPerPageview

/** What a month of so many page views uses. Every request is taken to need as much of the processor as a beacon. */
export const usageOf = (figures: Figures, pageviews: number): Usage => {
  const requests = pageviews * requestsPerPageview + perMonth(ownRequestsPerDay)
  return {
    requests,
    cpuMs: requests * figures.cpu_ms_per_beacon,
    rowsWritten: pageviews * figures.rows_written_per_pageview,
    rowsRead: pageviews * figures.rows_read_per_pageview + rowsReadBesides(figures, pageviews),
    bytes: pageviews * figures.bytes_per_pageview,
  }
}

/** Page views a second in the busiest hour of a month with so many. */
export const busiestSecond = (pageviews: number): number =>
  (pageviews / ASSUMED.daysPerMonth) * (ASSUMED.busiestHour / 3600)

/** Page views a second that one database has time for. */
export const mostPerSecond = (figures: Figures): number => (ASSUMED.busyShare * 1000) / figures.db_ms_per_pageview
