import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer, Question } from '../../../shared/question.ts'
import { type Server, startServer } from '../../../tools/server/server.ts'
import type { RawEvent } from '../../oracle/event.ts'
import { publishedEvents, READERS, SHOP } from '../../oracle/published.ts'
import { randomFrom } from '../../oracle/random.ts'

const SEED = 20140107
/** Three times what it may take alone, because other tests run beside it. */
const SECONDS_FOR_ALL_READERS = 30

const readers = publishedEvents(READERS.file)
const shop = publishedEvents(SHOP.file)

interface Site {
  readonly domain: string
  readonly write: string
  readonly read: string
}

describe.skipIf(!readers || !shop)('published data (skipped when its files are not beside the project)', () => {
  let server: Server
  let dataDir: string

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'footfall-data-'))
    server = await startServer({ port: 0, dataDir, adminToken: 'the-admin-token-of-the-data-test', quiet: true })
  })
  afterAll(async () => {
    await server?.stop()
    await rm(dataDir, { recursive: true, force: true })
  })

  const send = async <T>(path: string, token: string, body: string, type = 'application/json'): Promise<T> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': type }
    const response = await fetch(`${server.url}${path}`, { method: 'POST', headers, body })
    const text = await response.text()
    if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${text}`)
    return JSON.parse(text) as T
  }

  const createSite = async (domain: string): Promise<Site> => {
    await send('/api/v1/sites', server.adminToken, JSON.stringify({ domain, timezone: 'UTC', currency: 'USD' }))
    const key = async (scope: string) => {
      const body = JSON.stringify({ name: scope, scope })
      return (await send<{ key: string }>(`/api/v1/sites/${domain}/keys`, server.adminToken, body)).key
    }
    return { domain, write: await key('write'), read: await key('read') }
  }

  /** Posts events in batches, one per line, and returns the seconds it took. */
  const post = async ({ domain, write }: Site, events: readonly RawEvent[], size: number): Promise<number> => {
    const began = performance.now()
    for (let from = 0; from < events.length; from += size) {
      const batch = events.slice(from, from + size)
      const lines = batch.map(event => JSON.stringify(event)).join('\n')
      const answer = await send(`/api/v1/events?site=${domain}`, write, lines, 'application/x-ndjson')
      expect(answer).toEqual({ accepted: batch.length, duplicates: 0, refused: [] })
    }
    return (performance.now() - began) / 1000
  }

  const rowsOf = async ({ domain, read }: Site, question: Omit<Question, 'site'>) =>
    (await send<Answer>('/api/v1/query', read, JSON.stringify({ site: domain, ...question }))).rows

  const expectReaders = async (site: Site) => {
    const { period } = READERS
    const all = (
      await rowsOf(site, {
        period,
        metrics: [
          'visitors',
          'pageviews',
          'sessions',
          'bounces',
          'bounce_rate',
          'session_duration',
          'pages_per_session',
          'mau',
        ],
      })
    )[0]?.metrics
    expect(all?.visitors?.value).toBe(READERS.visitors)
    expect(all?.pageviews?.value).toBe(READERS.pageviews)
    expect(all?.sessions?.value).toBe(READERS.sessions)
    expect(all?.bounces?.value).toBe(READERS.bounces)
    expect(all?.bounce_rate).toMatchObject({ numerator: READERS.bounces, denominator: READERS.sessions, pending: 0 })
    expect(all?.bounce_rate?.value).toBeCloseTo(READERS.bounceRate, 7)
    expect(all?.session_duration).toMatchObject({ numerator: READERS.sessionSeconds, denominator: READERS.sessions })
    expect(all?.session_duration?.value).toBeCloseTo(READERS.sessionDuration, 5)
    expect(all?.pages_per_session?.value).toBeCloseTo(READERS.pagesPerSession, 7)
    expect(all?.mau?.value).toBe(READERS.mau)
    const days = await rowsOf(site, { period, granularity: 'day', metrics: ['visitors', 'wau'] })
    expect(days.map(({ metrics }) => metrics.visitors?.value)).toEqual(READERS.visitorsByDay)
    expect(days.slice(6).map(({ metrics }) => metrics.wau?.value)).toEqual(READERS.wauByDay)
    for (const [day, [numerator, denominator]] of Object.entries(READERS.retention)) {
      const parameters = { retention_rate: { day: Number(day) } }
      const [row] = await rowsOf(site, { period, metrics: ['retention_rate'], parameters })
      expect(row?.metrics.retention_rate).toMatchObject({ numerator, denominator, value: numerator / denominator })
    }
  }

  const expectShop = async (site: Site) => {
    const { period } = SHOP
    const all = (
      await rowsOf(site, {
        period,
        metrics: [
          'visitors',
          'sessions',
          'session_duration',
          'carts',
          'cart_abandonment_rate',
          'orders',
          'gross_revenue',
        ],
      })
    )[0]?.metrics
    expect(all?.visitors?.value).toBe(SHOP.visitors)
    expect(all?.sessions?.value).toBe(SHOP.sessions)
    expect(all?.session_duration?.numerator).toBeCloseTo(SHOP.sessionSeconds, 6)
    expect(all?.session_duration?.value).toBeCloseTo(SHOP.sessionDuration, 5)
    expect(all?.carts?.value).toBe(SHOP.carts)
    expect(all?.cart_abandonment_rate).toMatchObject({ numerator: SHOP.abandonedCarts, denominator: SHOP.carts })
    expect(all?.cart_abandonment_rate?.value).toBeCloseTo(SHOP.cartAbandonmentRate, 7)
    expect(all?.orders?.value).toBe(SHOP.orders)
    expect(all?.gross_revenue?.value).toBe(SHOP.grossRevenue)
    const rows = await rowsOf(site, { period, metrics: ['events', 'sessions'], dimensions: ['event'] })
    const counts = Object.fromEntries(rows.map(row => [row.dimensions?.event, row.metrics.events?.value]))
    expect(counts).toMatchObject(SHOP.events)
    const purchases = rows.find(row => row.dimensions?.event === 'purchase')
    expect(purchases?.metrics.sessions?.value).toBe(SHOP.sessionsWithPurchase)
  }

  const shuffled = (events: readonly RawEvent[] = []) => randomFrom(SEED).shuffle(events)

  it('page readers, in file order', async () => {
    const site = await createSite('readers.example')
    const seconds = await post(site, readers ?? [], 4_999)
    console.log(`${readers?.length} events taken in ${seconds.toFixed(1)} s`)
    expect(seconds).toBeLessThan(SECONDS_FOR_ALL_READERS)
    await expectReaders(site)
    await server.runCron()
    await expectReaders(site)
  })

  it('page readers, shuffled', async () => {
    const site = await createSite('shuffled-readers.example')
    await post(site, shuffled(readers), 4_999)
    await server.runCron()
    await expectReaders(site)
  })

  it('a shop, in file order', async () => {
    const site = await createSite('shop.example')
    await post(site, shop ?? [], 7)
    await expectShop(site)
    await server.runCron()
    await expectShop(site)
  })

  it('a shop, shuffled, with cron runs in between', async () => {
    const site = await createSite('shuffled-shop.example')
    const events = shuffled(shop)
    await post(site, events.slice(0, 400), 7)
    await server.runCron()
    await post(site, events.slice(400), 7)
    await server.runCron()
    await expectShop(site)
  })
})
