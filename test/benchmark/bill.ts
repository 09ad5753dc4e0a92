import { LIMITS, OBJECT_GIGABYTES, OPERATIONS_PER_MESSAGE, PLAN, PRICES, type Price } from './prices.ts'
import { ASSUMED, busiestSecond, type Figures, mostPerSecond, ownRequestsPerDay, usageOf } from './usage.ts'

/** Dollars a month for an amount, less the included one. */
export const charge = ({ included, dollars, per }: Price, amount: number): number =>
  (Math.max(0, amount - included) / per) * dollars

/** Dollars for an amount when the included one is used up. */
const beyondIncluded = (price: Price, amount: number): number => charge({ ...price, included: 0 }, amount)

const MONTHS = 12
const SECONDS_PER_MONTH = ASSUMED.daysPerMonth * 86_400

/** Dollars a month, by meter. */
export interface Bill {
  readonly plan: number
  readonly requests: number
  readonly cpu: number
  readonly rowsWritten: number
  readonly rowsRead: number
  readonly storage: number
}

const total = (bill: Bill): number => Object.values(bill).reduce((sum, dollars) => sum + dollars, 0)

/** The bill of a month after which so many months are stored. */
export const billOf = (
  figures: Figures,
  pageviews: number,
  monthsStored: number,
): Bill & { readonly total: number } => {
  const usage = usageOf(figures, pageviews)
  const bill: Bill = {
    plan: PLAN.dollars,
    requests: charge(PRICES.requests, usage.requests),
    cpu: charge(PRICES.cpu, usage.cpuMs),
    rowsWritten: charge(PRICES.rowsWritten, usage.rowsWritten),
    rowsRead: charge(PRICES.rowsRead, usage.rowsRead),
    storage: charge(PRICES.storage, usage.bytes * monthsStored),
  }
  return { ...bill, total: total(bill) }
}

/** The limits of one database. */
export interface Ends {
  /** Months until it is full. */
  readonly monthsToFull: number
  readonly monthsToFullAccount: number
  /** Databases needed for a year, by size or by time. */
  readonly databases: number
}

export const endsOf = (figures: Figures, pageviews: number): Ends => {
  const { bytes } = usageOf(figures, pageviews)
  const perSecond = busiestSecond(pageviews)
  const bySize = Math.ceil((bytes * MONTHS) / LIMITS.databaseBytes.most)
  return {
    monthsToFull: LIMITS.databaseBytes.most / bytes,
    monthsToFullAccount: LIMITS.accountBytes.most / bytes,
    databases: Math.max(bySize, Math.ceil(perSecond / mostPerSecond(figures))),
  }
}

/** Page views a day that fit the free plan, by each of its limits, and how many fit one database in all. */
export const freePlanOf = (figures: Figures) => {
  const besides =
    ASSUMED.cronsPerDay * figures.rows_read_per_cron + ASSUMED.dashboardLoadsPerDay * figures.rows_read_dashboard_30d
  const byMeter = {
    rowsWritten: LIMITS.freeRowsWritten.most / figures.rows_written_per_pageview,
    rowsRead: Math.max(0, LIMITS.freeRowsRead.most - besides) / figures.rows_read_per_pageview,
    requests: (LIMITS.freeRequests.most - ownRequestsPerDay) / ASSUMED.beaconsPerPageview,
  }
  return {
    ...byMeter,
    perDay: Math.min(...Object.values(byMeter)),
    kept: LIMITS.freeDatabaseBytes.most / figures.bytes_per_pageview,
  }
}

/** Dollars for the last month of a stored year, by storage engine. */
export const enginesOf = (figures: Figures, pageviews: number) => {
  const usage = usageOf(figures, pageviews)
  const bill = billOf(figures, pageviews, MONTHS)
  const withoutStorage = bill.total - bill.storage
  const year = usage.bytes * MONTHS
  const history = usage.bytes * (MONTHS - 1)
  const { databases } = endsOf(figures, pageviews)
  const objects =
    charge(PRICES.objectRequests, usage.requests) +
    charge(PRICES.objectDuration, databases * SECONDS_PER_MONTH * OBJECT_GIGABYTES) +
    charge(PRICES.objectStorage, year)
  return {
    d1: bill.total,
    objects: withoutStorage + objects,
    r2: withoutStorage + charge(PRICES.storage, usage.bytes) + charge(PRICES.r2Storage, history),
    /** One query that reads all of the history. */
    r2Question: beyondIncluded(PRICES.r2Scan, history),
    /** Deleting a month's rows from D1: at most as many as were written. */
    r2Deleting: beyondIncluded(PRICES.rowsWritten, usage.rowsWritten),
    /** The monthly cost of those rows if they had stayed. */
    d1Month: beyondIncluded(PRICES.storage, usage.bytes),
    queue: charge(PRICES.queueOperations, pageviews * ASSUMED.beaconsPerPageview * OPERATIONS_PER_MESSAGE),
  }
}
