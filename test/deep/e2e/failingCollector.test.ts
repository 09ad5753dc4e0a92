import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { PathVariables } from '../../../shared/collectorPaths'
import type { Answer } from '../../../shared/question'
import { startServer } from '../../../tools/server/server'
import { allArrived, collector, openTab } from '../../e2e/stage'

const HOUR = 3_600_000

/** A tab that records all errors of its pages and their console output. */
const openWatched = async () => {
  const page = await openTab()
  const errors: string[] = []
  const lines: string[] = []
  page.on('pageerror', error => errors.push(error.message))
  page.on('console', message => lines.push(message.text()))
  await page.exposeFunction('report', (text: string) => errors.push(text))
  await page.addInitScript(() => {
    const { report } = self as unknown as { report(text: string): void }
    window.addEventListener('error', ({ message }) => report(message))
    window.addEventListener('unhandledrejection', event => report(String(event.reason)))
  })
  return { page, errors, lines }
}

const record = (page: Page, ...names: string[]) =>
  page.evaluate(all => {
    for (const name of all) window.footfall(name)
  }, names)

/** The contents of the last beacon, in order. */
const lastBeacon = () => collector.beacons.at(-1)?.e.map(entry => ('k' in entry ? entry.k : new URL(entry.u).pathname))

const TROUBLE = [
  ['answers 500', { status: 500, body: 'no' }],
  ['answers 503', { status: 503 }],
  ['answers 429', { status: 429 }],
  ['cuts the connection', { status: 0 }],
] as const

describe('a collector in trouble', () => {
  test.each(TROUBLE)(
    'that %s gets the record again with the next one, and never again after it answers',
    async (_, reply) => {
      collector.serve('/', '')
      collector.reply = reply
      const { page, errors } = await openWatched()
      await page.goto(collector.url('/'))
      await collector.until('records', 1)
      await allArrived(page)
      await record(page, 'search')
      await collector.until('events', 1)
      await allArrived(page)
      const before = collector.records
      const first = before.find(({ k }) => k === 'search')
      collector.reply = { status: 204 }
      await record(page, 'login')
      await vi.waitFor(() => expect(lastBeacon()).toEqual(['/', 'search', 'login']))
      const again = collector.beacons.at(-1)
      expect(again?.e[0]).toEqual(before[0])
      expect(again?.e[1]).toEqual(first)
      expect(again?.n).toBeGreaterThan(first?.t ?? 0)
      await allArrived(page)
      await record(page, 'sign_up')
      await vi.waitFor(() => expect(lastBeacon()).toEqual(['sign_up']))
      expect(errors).toEqual([])
    },
  )

  test('gets a rejected record alone, so that no other is lost with it, and not again', async () => {
    collector.serve('/', '')
    collector.reply = { status: 500 }
    const { page } = await openWatched()
    await page.goto(collector.url('/'))
    await collector.until('views', 1)
    await allArrived(page)
    collector.reply = { status: 400, body: 'no' }
    await record(page, 'search')
    await vi.waitFor(() => expect(collector.beacons).toHaveLength(4))
    await allArrived(page)
    const [, together, ...alone] = collector.beacons.map(({ e }) => e)
    expect(together).toHaveLength(2)
    expect(alone.toSorted(a => ('k' in (a[0] ?? {}) ? 1 : -1))).toEqual(together?.map(entry => [entry]))
    collector.reply = { status: 204 }
    await record(page, 'login')
    await vi.waitFor(() => expect(lastBeacon()).toEqual(['login']))
    expect(collector.beacons).toHaveLength(5)
  })

  test('gets the original record again, even if the page has changed the object since', async () => {
    collector.serve('/', '')
    collector.reply = { status: 500 }
    const { page } = await openWatched()
    await page.goto(collector.url('/'))
    await page.evaluate(() => {
      const item: Record<string, unknown> = { item_id: 'mug' }
      window.footfall('view_item', { items: [item] })
      item.item_id = 'socks'
      item.item = item
    })
    await collector.until('events', 1)
    await allArrived(page)
    collector.reply = { status: 204 }
    await record(page, 'login')
    await vi.waitFor(() => expect(lastBeacon()).toHaveLength(3))
    expect(collector.events.filter(({ k }) => k === 'view_item').map(({ o }) => o)).toEqual(
      Array(2).fill({ items: [{ item_id: 'mug' }] }),
    )
  })

  test('gets the last 20 records when it has missed more', async () => {
    collector.serve('/', '')
    collector.reply = { status: 500 }
    const { page } = await openWatched()
    await page.goto(collector.url('/'))
    const names = Array.from({ length: 60 }, (_, index) => `event ${index}`)
    for (const [index, name] of names.entries()) {
      await record(page, name)
      await vi.waitFor(() => expect(collector.events.at(-1)?.k).toBe(names[index]))
      await allArrived(page)
    }
    collector.reply = { status: 204 }
    await record(page, 'login')
    await vi.waitFor(() => expect(lastBeacon()).toEqual([...names.slice(-19), 'login']))
  })

  test('gets all that it has missed, even if it is more than survives a page', async () => {
    collector.serve('/', '')
    collector.reply = { status: 500 }
    const { page, errors } = await openWatched()
    await page.goto(collector.url('/'))
    await collector.until('views', 1)
    await allArrived(page)
    for (const name of ['a', 'b', 'c', 'd']) {
      await page.evaluate(k => window.footfall(k, { long: 'x'.repeat(20_000) }), name)
      await allArrived(page)
    }
    collector.reply = { status: 204 }
    await record(page, 'login')
    await vi.waitFor(() => expect(lastBeacon()).toEqual(['/', 'a', 'b', 'c', 'd', 'login']))
    expect(errors).toEqual([])
  })

  test('that never answers blocks nothing and receives nothing twice', async () => {
    // On its own host, as browsers open six connections per host.
    collector.serve(
      '/',
      '<button data-footfall="search">Search</button>',
      `data-api="${collector.url('', '127.0.0.1')}"`,
    )
    const answer = Promise.withResolvers<void>()
    collector.reply = { status: 204, after: answer.promise }
    const { page, errors } = await openWatched()
    await page.goto(collector.url('/'))
    await page.click('button')
    await page.evaluate(() => history.pushState({}, '', '/b'))
    await collector.until('records', 4)
    expect(await page.evaluate(async () => (await fetch('/b')).status)).toBe(200)
    answer.resolve()
    await allArrived(page)
    await record(page, 'login')
    await vi.waitFor(() => expect(lastBeacon()).toEqual(['login']))
    const [first, second] = collector.views
    expect(collector.totals.map(({ i }) => i)).toEqual([first?.i])
    expect(second?.i).not.toBe(first?.i)
    expect(collector.events.map(({ k }) => k)).toEqual(['search', 'login'])
    expect(errors).toEqual([])
  })
})

/** Bytes held by a page's scripts after garbage collection. */
const heap = async (page: Page): Promise<number> => {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}

const wander = (page: Page, count: number) =>
  page.evaluate(async routes => {
    for (let route = 0; route < routes; route++) {
      history.pushState({}, '', `/route/${route}`)
      await new Promise(resolve => setTimeout(resolve))
    }
  }, count)

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly args: { readonly name?: string }
  /** Microseconds of CPU time. */
  readonly tdur?: number
}

/**
 * CPU milliseconds of a page's longest task meanwhile. `longtask` entries measure wall time,
 * in which any task is long while other programs use the processor.
 */
const longestTask = async (page: Page, run: () => Promise<void>): Promise<number> => {
  const browser = page.context().browser()
  await browser?.startTracing(page, { categories: ['toplevel', '__metadata'] })
  await run()
  const { traceEvents } = JSON.parse(String(await browser?.stopTracing())) as { traceEvents: TraceEvent[] }
  const threads = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
  const isPage = ({ pid, tid }: TraceEvent) => threads.some(thread => thread.pid === pid && thread.tid === tid)
  const times = traceEvents.filter(isPage).flatMap(({ tdur }) => tdur ?? [])
  expect(times.length).toBeGreaterThan(100)
  return Math.max(...times) / 1000
}

test('a thousand route changes without a collector leave no error, no long task and no memory', async () => {
  collector.serve('/', '')
  collector.reply = { status: 0 }
  const { page, errors } = await openWatched()
  await page.goto(collector.url('/'))
  await wander(page, 100)
  await allArrived(page)
  const before = await heap(page)
  await wander(page, 900)
  // The backlog is at its largest.
  expect(await longestTask(page, () => wander(page, 100))).toBeLessThan(50)
  await allArrived(page)
  expect((await heap(page)) - before).toBeLessThan(400_000)
  expect(Math.max(...collector.beacons.map(({ e }) => e.length))).toBe(20)
  const missed = collector.beacons.length
  collector.reply = { status: 204 }
  const sentSince = () => collector.beacons.slice(missed).flatMap(({ e }) => e.map(({ u }) => new URL(u).pathname))
  await vi.waitFor(async () => {
    await record(page, 'login')
    expect(sentSince()).toContain('/route/99')
  })
  expect(errors).toEqual([])
})

test('offline events are sent once the browser is online', async () => {
  collector.serve('/', '')
  const { page, errors } = await openWatched()
  await page.goto(collector.url('/'))
  await collector.until('views', 1)
  await page.context().setOffline(true)
  await record(page, 'search', 'login')
  await page.evaluate(() => fetch('/').catch(() => {}))
  expect(collector.events).toEqual([])
  await page.context().setOffline(false)
  await record(page, 'sign_up')
  await vi.waitFor(() => expect(lastBeacon()?.toSorted()).toEqual(['login', 'search', 'sign_up']))
  await allArrived(page)
  expect(collector.events).toHaveLength(3)
  expect(errors).toEqual([])
})

describe('an extension', () => {
  const QUEUE = `<script>
    window.footfall = window.footfall || function () { (footfall.q = footfall.q || []).push(arguments) }
    footfall('search')
  </script><button data-footfall="login" onclick="document.title = 'Clicked'">Log in</button>`

  test.each(['**/v1/e', '**/s.js'])('that blocks %s does not break the page', async pattern => {
    collector.serve('/', QUEUE)
    const { page, errors, lines } = await openWatched()
    let blocked = 0
    await page.route(pattern, route => {
      blocked += 1
      return route.abort('blockedbyclient')
    })
    await page.goto(collector.url('/'))
    await page.click('button')
    await wander(page, 5)
    await record(page, 'sign_up')
    await vi.waitFor(() => expect(blocked).toBeGreaterThan(0))
    expect([await page.title(), new URL(page.url()).pathname]).toEqual(['Clicked', '/route/4'])
    expect(errors).toEqual([])
    expect(lines.filter(line => !line.includes('ERR_BLOCKED_BY_CLIENT'))).toEqual([])
    expect(collector.records).toEqual([])
  })
})

/** Pages of a site collected by the local server, and the server's counts. */
const openServed = async (pathVariables: PathVariables = {}, script = '/s.js', attributes = '') => {
  const dataDir = await mkdtemp(join(tmpdir(), 'footfall-'))
  onTestFinished(() => rm(dataDir, { recursive: true }))
  const server = await startServer({ port: 0, dataDir, quiet: true, pathVariables })
  onTestFinished(() => server.stop())
  const { page, errors } = await openWatched()
  const tag = `<script defer src="${server.url}${script}" data-site="localhost" ${attributes}></script>`
  await page.route(/\/page(\?|$)/, route => route.fulfill({ contentType: 'text/html', body: `<!doctype html>${tag}` }))

  const ask = async (more: object): Promise<Answer> => {
    const day = (time: number) => new Date(time).toISOString().slice(0, 10)
    const response = await fetch(`${server.url}/api/v1/query`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        site: 'localhost',
        period: { from: day(Date.now() - 24 * HOUR), to: day(Date.now()) },
        ...more,
      }),
    })
    return response.json()
  }
  const events = async () => {
    const { rows } = await ask({ metrics: ['events'], dimensions: ['event'] })
    return Object.fromEntries(rows.map(row => [row.dimensions?.event, row.metrics.events?.value]))
  }
  return { url: `${server.url}/page`, page, errors, ask, events }
}

/** The script has been told of every request that failed so far: the answers to later requests come after. */
const failuresReached = async (page: Page) => {
  for (let round = 0; round < 3; round++) await page.evaluate(async () => (await fetch('/page')).text())
}

test.each([
  ['/js/hello.js', { SCRIPT_PATH: '/js/hello.js', ENDPOINT_PATH: '/hi' }],
  ['/js/b.js?v=1/2', { SCRIPT_PATH: 'a.js js/b.js', ENDPOINT_PATH: 'take/it' }],
])('a blocker of s.js, v.js and v1/e does not know %s and the endpoint beside it', async (script, variables) => {
  const { url, page, errors, events } = await openServed(
    variables,
    script,
    'data-modules="pages" data-search-parameter="q"',
  )
  await page.route(/\/(?:[sv]\.js|v1\/e)$/, route => route.abort('blockedbyclient'))
  const loaded = await page.request.get(new URL(script, url).href)
  expect(loaded.headers()).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=86400, stale-while-revalidate=604800',
    'access-control-allow-origin': '*',
    etag: expect.stringMatching(/^"\w+"$/),
  })
  await page.goto(`${url}?q=socks`)
  await record(page, 'login')
  await vi.waitFor(async () => expect(await events()).toEqual({ search: 1, login: 1 }), 20_000)
  expect(errors).toEqual([])
})

const leaveAndReturn = (page: Page) =>
  page.evaluate(() => {
    for (const hidden of [true, false]) {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
    }
  })

test('a stored event whose response was lost is sent again and counted once', async () => {
  const { url, page, errors, ask, events } = await openServed()
  const stored: number[] = []
  let lost = 0
  page.on('requestfailed', () => {
    lost += 1
  })
  await page.route('**/v1/e', async route => {
    stored.push((await route.fetch()).status())
    await route.abort('connectionreset')
  })
  await page.goto(url)
  await page.evaluate(() => {
    window.footfall('search')
    window.footfall('add_to_cart', { value: 42, currency: 'USD' })
    window.footfall('purchase', { value: 42, currency: 'USD', transaction_id: 'T1' })
  })
  await leaveAndReturn(page)
  await vi.waitFor(() => expect([stored, lost]).toEqual([Array(5).fill(204), 5]), 20_000)
  await failuresReached(page)
  await page.unroute('**/v1/e')
  const repeated = page.waitForRequest('**/v1/e')
  await record(page, 'login')
  expect((await repeated).postDataJSON().e).toHaveLength(6)
  await vi.waitFor(
    async () => expect(await events()).toEqual({ search: 1, add_to_cart: 1, purchase: 1, login: 1 }),
    20_000,
  )
  const { rows } = await ask({ metrics: ['pageviews', 'visitors', 'orders', 'gross_revenue'] })
  const values = Object.entries(rows[0]?.metrics ?? {}).map(([metric, { value }]) => [metric, value])
  expect(Object.fromEntries(values)).toEqual({ pageviews: 1, visitors: 1, orders: 1, gross_revenue: 42 })
  expect(errors).toEqual([])
})

test.each([
  [3, 'keeps its time', { search: 1, login: 1, sign_up: 1 }],
  [25, 'is too old, and what goes along with it is counted', { login: 1, sign_up: 1 }],
])('a retry %i hours later %s', async (hours, _, expected) => {
  const { url, page, ask, events } = await openServed()
  await page.clock.install({ time: Date.now() })
  let failed = 0
  page.on('requestfailed', () => {
    failed += 1
  })
  await page.route('**/v1/e', route => route.abort('connectionrefused'))
  await page.goto(url)
  await record(page, 'search')
  await vi.waitFor(() => expect(failed).toBe(2), 20_000)
  await failuresReached(page)
  await page.unroute('**/v1/e')
  await page.clock.setSystemTime(Date.now() + hours * HOUR)
  const answered = page.waitForResponse('**/v1/e')
  await record(page, 'login')
  expect((await answered).status()).toBe(hours > 24 ? 400 : 204)
  await record(page, 'sign_up')
  await vi.waitFor(async () => expect(await events()).toEqual(expected), 20_000)
  const { rows } = await ask({ metrics: ['events'], granularity: 'hour' })
  const times = rows.filter(({ metrics }) => metrics.events?.value).map(({ time }) => Date.parse(time ?? ''))
  const spread = (Math.max(...times) - Math.min(...times)) / HOUR
  // One more if an hour begins during the test.
  expect([0, 1].map(more => (hours > 24 ? 0 : hours) + more)).toContain(spread)
})
