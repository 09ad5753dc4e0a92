/** The measured inputs: see docs/benchmarks.json. */
export const FIGURES = [
  'rows_written_per_pageview',
  /** For storing and for the cron, without the dashboard's reads. */
  'rows_read_per_pageview',
  'bytes_per_pageview',
  'cpu_ms_per_beacon',
  /** Database time for storing single beacons, not batches, and for the cron. */
  'db_ms_per_pageview',
  /** By a cron run that finds nothing to do. */
  'rows_read_per_cron',
  /** By one load of the overview, with a million page views in the month. */
  'rows_read_dashboard_30d',
] as const

export type Figures = Readonly<Record<(typeof FIGURES)[number], number>>

/** Extracts the figures from the output of `npm run bench -- --json`. */
export const figuresOf = (json: unknown): Figures => {
  const given: Readonly<Record<string, unknown>> = { ...(json as Record<string, unknown>) }
  const found = FIGURES.map(name => [name, given[name]] as const)
  const lacking = found.filter(([, value]) => typeof value !== 'number' || !(value > 0)).map(([name]) => name)
  if (lacking.length > 0) throw new Error(`The figures lack ${lacking.join(', ')}: each must be a number above 0.`)
  return Object.fromEntries(found) as Figures
}

/** Assumptions that the benchmark cannot measure. */
export const ASSUMED = {
  daysPerMonth: 30,
  /** The beginning and the leaving of a page. */
  beaconsPerPageview: 2,
  /** As in wrangler.toml: every five minutes. */
  cronsPerDay: 288,
  dashboardLoadsPerDay: 20,
  requestsPerLoad: 10,
  /** The monthly page views for which the dashboard's rows were measured; beyond, its reads are assumed proportional. */
  dashboardPageviews: 1e6,
  /** The busiest hour's share of a day's page views. */
  busiestHour: 0.1,
  /** The share of a database's time available to writes; the rest is for queries and for bursts within the hour. */
  busyShare: 0.5,
} as const

export interface Usage {
  readonly requests: number
  readonly cpuMs: number
  readonly rowsWritten: number
  readonly rowsRead: number
  /** Bytes added by the month. */
  readonly bytes: number
}

const perMonth = (perDay: number): number => perDay * ASSUMED.daysPerMonth

/** Rows read by the cron and the dashboard in a month. */
const rowsReadBesides = (figures: Figures, pageviews: number): number => {
  const growth = Math.max(1, pageviews / ASSUMED.dashboardPageviews)
  const loads = ASSUMED.dashboardLoadsPerDay * figures.rows_read_dashboard_30d * growth
  return perMonth(ASSUMED.cronsPerDay * figures.rows_read_per_cron + loads)
}

/** Requests that visitors do not make. */
export const ownRequestsPerDay = ASSUMED.cronsPerDay + ASSUMED.dashboardLoadsPerDay * ASSUMED.requestsPerLoad

/** Usage of a month of page views. Every request is assumed to need as much CPU time as a beacon. */
export const usageOf = (figures: Figures, pageviews: number): Usage => {
  const requests = pageviews * ASSUMED.beaconsPerPageview + perMonth(ownRequestsPerDay)
  return {
    requests,
    cpuMs: requests * figures.cpu_ms_per_beacon,
    rowsWritten: pageviews * figures.rows_written_per_pageview,
    rowsRead: pageviews * figures.rows_read_per_pageview + rowsReadBesides(figures, pageviews),
    bytes: pageviews * figures.bytes_per_pageview,
  }
}

/** Page views per second in the busiest hour of a month. */
export const busiestSecond = (pageviews: number): number =>
  (pageviews / ASSUMED.daysPerMonth) * (ASSUMED.busiestHour / 3600)

/** Page views per second that one database can handle. */
export const mostPerSecond = (figures: Figures): number => (ASSUMED.busyShare * 1000) / figures.db_ms_per_pageview
