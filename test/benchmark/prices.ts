/** The monthly price of one meter: an included amount, then a price per unit. */
export interface Price {
  readonly what: string
  /** In single requests, milliseconds, rows, bytes. */
  readonly included: number
  /** Dollars for `per` units more. */
  readonly dollars: number
  readonly per: number
  readonly source: string
  /** The date on which the price was read from the page. */
  readonly asOf: string
}

/** The limits of a plan or a database. */
export interface Limit {
  readonly what: string
  readonly most: number
  readonly unit: 'bytes' | 'rows' | 'requests' | 'ms'
  readonly source: string
  readonly asOf: string
}

const CLOUDFLARE = 'https://developers.cloudflare.com'
const WORKERS = { source: `${CLOUDFLARE}/workers/platform/pricing/`, asOf: '2026-08' }
const D1 = { source: `${CLOUDFLARE}/d1/platform/pricing/`, asOf: '2026-08' }
const D1_LIMITS = { source: `${CLOUDFLARE}/d1/platform/limits/`, asOf: '2026-04' }
const OBJECTS = { source: `${CLOUDFLARE}/durable-objects/platform/pricing/`, asOf: 'no date given' }
const QUEUES = { source: `${CLOUDFLARE}/queues/platform/pricing/`, asOf: 'no date given' }
const R2 = { source: `${CLOUDFLARE}/r2/pricing/`, asOf: '2026-08' }
/** Renamed to Basin SQL in October 2026; the page with the new name was not available. */
const R2_SQL = { source: `${CLOUDFLARE}/r2-sql/platform/pricing/`, asOf: 'no date given' }

const MILLION = 1e6
const GB = 1e9

/** Dollars a month for the Workers Paid plan with its included amounts. */
export const PLAN = { what: 'Workers Paid plan', dollars: 5, ...WORKERS }

/** US dollars without tax, a month. */
export const PRICES = {
  requests: { what: 'requests', included: 10 * MILLION, dollars: 0.3, per: MILLION, ...WORKERS },
  cpu: { what: 'ms of CPU', included: 30 * MILLION, dollars: 0.02, per: MILLION, ...WORKERS },
  rowsWritten: { what: 'rows written', included: 50 * MILLION, dollars: 1, per: MILLION, ...D1 },
  rowsRead: { what: 'rows read', included: 25_000 * MILLION, dollars: 0.001, per: MILLION, ...D1 },
  storage: { what: 'stored in D1', included: 5 * GB, dollars: 0.75, per: GB, ...D1 },
  objectRequests: { what: 'requests to Durable Objects', included: MILLION, dollars: 0.15, per: MILLION, ...OBJECTS },
  /** GB-s: gigabytes of memory times seconds awake. */
  objectDuration: { what: 'GB-s of Durable Objects', included: 400_000, dollars: 12.5, per: MILLION, ...OBJECTS },
  objectStorage: { what: 'stored in Durable Objects', included: 5 * GB, dollars: 0.2, per: GB, ...OBJECTS },
  queueOperations: { what: 'operations of Queues', included: MILLION, dollars: 0.4, per: MILLION, ...QUEUES },
  r2Storage: { what: 'stored in R2', included: 10 * GB, dollars: 0.015, per: GB, ...R2 },
  r2Scan: { what: 'scanned in R2 by SQL', included: 10 * GB, dollars: 0.0025, per: GB, ...R2_SQL },
} as const satisfies Record<string, Price>

export const LIMITS = {
  databaseBytes: { what: 'a D1 database', most: 10 * GB, unit: 'bytes', ...D1_LIMITS },
  accountBytes: { what: 'all D1 databases of an account', most: 1000 * GB, unit: 'bytes', ...D1_LIMITS },
  freeRowsWritten: { what: 'free plan, written a day', most: 100_000, unit: 'rows', ...D1 },
  freeRowsRead: { what: 'free plan, read a day', most: 5 * MILLION, unit: 'rows', ...D1 },
  freeRequests: { what: 'free plan, a day', most: 100_000, unit: 'requests', ...WORKERS },
  freeCpu: { what: 'free plan, CPU of one request', most: 10, unit: 'ms', ...WORKERS },
  freeDatabaseBytes: { what: 'free plan, a D1 database', most: 0.5 * GB, unit: 'bytes', ...D1_LIMITS },
} as const satisfies Record<string, Limit>

/** Writing a message, reading it, and deleting it. */
export const OPERATIONS_PER_MESSAGE = 3

/** Gigabytes of memory that a Durable Object is charged for, whatever it uses. */
export const OBJECT_GIGABYTES = 0.128
