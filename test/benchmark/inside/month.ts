import { DAY } from '../../../shared/time'
import type { WireRecord } from '../../../shared/wire'
import type { IncomingEvent } from '../../../worker/collect/parse/incomingEvent'
import { eventsOfBeacon } from '../../../worker/collect/parse/parseBeacon'
import { storeEvents } from '../../../worker/collect/store/storeEvents'
import { runCron } from '../../../worker/cron'
import { openDirectory } from '../../../worker/directory'
import { d1 } from '../../../worker/storage/d1'
import type { SiteConfig } from '../../../worker/storage/siteConfig'
import { type Counts, counting } from '../counting'
import { isBusy, sparsePace, steadyPace } from '../pace'
import { CONTENT_SITE, recordsBetween, type SimulatedRecord } from '../simulate'
import { addressOf, agentOf } from './agents'
import { shopEventsOf } from './shop'
import { benchSite, DOMAIN, shopSite } from './site'
import { timed } from './timed'

/** As in wrangler.toml. */
const CRON = 5 * 60_000
/** Where what the cron costs is not measured. */
const RARE_CRON = 60 * 60_000
const RECORDS_PER_BATCH = 1000

const countryOf = (index: number): string =>
  `${String.fromCharCode(65 + (index % 26))}${String.fromCharCode(65 + Math.floor(index / 26))}`

const wireRecordsOf = (record: SimulatedRecord, isShop: boolean): WireRecord[] => {
  const page = {
    t: record.time,
    u: `https://${DOMAIN}/articles/${record.path}/a-title-of-some-length`,
    r: record.source < 0 ? '' : `https://source-${record.source}.example/`,
  }
  const view = { ...page, i: record.id, ...(record.left && { m: record.seen, d: record.depth, c: record.clicks }) }
  return isShop ? [view, ...shopEventsOf(record).map(event => ({ ...page, ...event, t: record.sent }))] : [view]
}

/** A record as parsed from a beacon that arrives when it is sent. */
const incomingEventsOf = (record: SimulatedRecord, site: SiteConfig, isShop: boolean): IncomingEvent[] =>
  eventsOfBeacon({ v: 1, s: DOMAIN, n: record.sent, e: wireRecordsOf(record, isShop) }, site, {
    now: record.sent,
    origin: null,
    address: addressOf(record.visitor),
    client: record.visitor,
    userAgent: agentOf(record.agent),
    acceptLanguage: 'en-GB',
    hasGpc: false,
    place: [countryOf(record.country), '', ''],
  })

export interface Span {
  /** Page views in 30 days. */
  readonly pageviews: number
  /** Few page views on days whose events no query reads: see pace.ts. */
  readonly isSparse: boolean
  /** With carts, orders and goals. */
  readonly isShop: boolean
  /** Epoch milliseconds of the first day's midnight. */
  readonly start: number
  readonly from: number
  /** Exclusive. */
  readonly to: number
}

/** The cost of one span of the month. */
export interface Loaded extends Counts {
  readonly pageviews: number
  readonly ms: number
  /** The cron's share: sessions and rollups. */
  readonly cronMs: number
}

/** A site is as old as its first record, as nothing before it needs the cron. */
const begin = async (db: D1Database, site: SiteConfig, start: number): Promise<void> => {
  await db.prepare('update settlements set settled = ?2, closing = ?2 where site = ?1').bind(site.id, start).run()
}

const cron = async (db: D1Database, now: number): Promise<number> =>
  (await timed(() => runCron(openDirectory({ DB: db }), now))).ms

/**
 * Records on their way to the store. Within one call, a page's totals would not find its page view and would search all
 * visitors: so new page views go first, in a call of their own, as if each came alone.
 */
class Batches {
  readonly #db: D1Database
  readonly #site: SiteConfig
  readonly #isShop: boolean
  #begun: IncomingEvent[] = []
  #left: IncomingEvent[] = []

  constructor(db: D1Database, site: SiteConfig, isShop: boolean) {
    this.#db = db
    this.#site = site
    this.#isShop = isShop
  }

  async add(record: SimulatedRecord): Promise<void> {
    const batch = record.left ? this.#left : this.#begun
    batch.push(...incomingEventsOf(record, this.#site, this.#isShop))
    if (batch.length >= RECORDS_PER_BATCH) await this.store()
  }

  async store(): Promise<void> {
    const batches = [this.#begun, this.#left].filter(({ length }) => length > 0)
    this.#begun = []
    this.#left = []
    for (const batch of batches) await storeEvents(d1(this.#db), this.#site, batch)
  }
}

/** Loads a span as it would have arrived: records in sending order, with cron runs in between. */
export const load = async (real: D1Database, span: Span): Promise<Loaded> => {
  const { pageviews, isSparse, isShop, start, from, to } = span
  const { db, counts } = counting(real)
  const site = await (isShop ? shopSite : benchSite)(db)
  if (from === start) await begin(db, site, start)
  const pace = isSparse ? sparsePace(pageviews) : steadyPace(pageviews)
  const records = recordsBetween(CONTENT_SITE, pace, start, from, to)
  const batches = new Batches(db, site, isShop)
  const isQuiet = isSparse && !isBusy(Math.floor((from - start) / DAY))
  const interval = isQuiet || isShop ? RARE_CRON : CRON
  let cronMs = 0
  const run = async (): Promise<void> => {
    let due = from
    for (const record of records) {
      for (; record.sent >= due; due += interval) {
        await batches.store()
        cronMs += await cron(db, due)
      }
      await batches.add(record)
    }
    await batches.store()
    for (; due < to; due += interval) cronMs += await cron(db, due)
  }
  const { ms } = await timed(run)
  return { ...counts, pageviews: records.filter(({ left }) => !left).length, ms, cronMs }
}

/** Finishes everything that is open: an additional cost of the month. */
export const finish = async (real: D1Database, now: number): Promise<Counts> => {
  const { db, counts } = counting(real)
  await runCron(openDirectory({ DB: db }), now)
  return counts
}
