import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Answer, MetricValue } from '../../shared/question'
import { type Server, startServer } from '../../tools/server/server'
import { AS_A_PERSON, findChromium } from '../chromium'

const FLAGS = [
  ...AS_A_PERSON,
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const BROWSER = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36'
const DAY = 86_400_000

let dataDir: string
let server: Server
let clicked = 0

const utcDay = (time: number) => new Date(time).toISOString().slice(0, 10)

const ask = async (metrics: readonly string[], more: object = {}): Promise<Answer> => {
  // Two days, so that midnight during the test changes nothing.
  const period = { from: utcDay(Date.now() - DAY), to: utcDay(Date.now()) }
  const response = await fetch(`${server.url}/api/v1/query`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ site: 'localhost', metrics, period, ...more }),
  })
  expect(response.status).toBe(200)
  return response.json()
}

const total = async (metric: string): Promise<MetricValue | undefined> => (await ask([metric])).rows[0]?.metrics[metric]

const by = async (dimension: string, metric: string) => {
  const { rows } = await ask([metric], { dimensions: [dimension] })
  return Object.fromEntries(rows.map(row => [row.dimensions?.[dimension], row.metrics[metric]?.value]))
}

const POLL = { timeout: 15_000, interval: 200 }

const until = (metric: string, value: number) =>
  vi.waitFor(async () => expect(await total(metric)).toMatchObject({ value }), POLL)

const untilSteps = (count: number) =>
  vi.waitFor(async () => expect(await by('event', 'events')).toMatchObject({ guide_step: count }), POLL)

const click = async (page: Page, selector: string) => {
  await page.locator(selector).filter({ visible: true }).first().click()
  clicked++
}

const follow = async (page: Page, selector: string, path: string) => {
  await click(page, selector)
  await page.waitForURL(server.url + path)
}

/** A visitor of their own by browser: one address and one browser are one visitor. */
const visit = async (platform: string, journey: (page: Page) => Promise<void>) => {
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    // An emulated user agent does not reach beacons sent while a page is left.
    args: [...FLAGS, `--user-agent=Mozilla/5.0 (${platform}) ${BROWSER}`],
  })
  try {
    const page = await browser.newPage()
    await page.goto(`${server.url}/demo/`)
    await journey(page)
    await page.goto('about:blank')
    await until('clicks', clicked)
  } finally {
    await browser.close()
  }
}

const buy = async (page: Page) => {
  await untilSteps(1)
  await click(page, '[data-guide-next]')
  await untilSteps(2)
  await click(page, '[data-guide-next]')
  await untilSteps(3)
  await click(page, '[data-guide-complete]')
  await follow(page, 'header a[href="/demo/app"]', '/demo/app')
  await follow(page, 'a[href="/demo/app/packing"]', '/demo/app/packing')
  await follow(page, 'a.brand', '/demo/')
  await follow(page, 'main a[href="/demo/product/mug"]', '/demo/product/mug')
  await click(page, '[data-footfall="add_to_cart"]')
  await follow(page, 'main a[href="/demo/"]', '/demo/')
  await click(page, '[data-footfall-item-id="socks"]')
  await follow(page, 'header a[href="/demo/cart"]', '/demo/cart')
  await follow(page, 'a[href="/demo/checkout"]', '/demo/checkout')
  await follow(page, 'button[type="submit"]', '/demo/thanks')
  await page.reload()
}

const look = () => untilSteps(4)

const hesitate = async (page: Page) => {
  await untilSteps(5)
  await click(page, '[data-guide-dismiss]')
  await follow(page, 'main a[href="/demo/product/compass"]', '/demo/product/compass')
  await click(page, '[data-footfall="add_to_cart"]')
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'footfall-'))
  server = await startServer({ port: 0, dataDir, quiet: true })
  await visit('X11; Linux x86_64', buy)
  await visit('Windows NT 10.0; Win64; x64', look)
  await visit('Macintosh; Intel Mac OS X 10_15_7', hesitate)
  await until('pageviews', 13)
})

afterAll(async () => {
  await server?.stop()
  await rm(dataDir, { recursive: true })
})

test.each([
  ['visitors', 3],
  ['sessions', 3],
  ['pageviews', 13],
  ['bounces', 1],
  ['carts', 2],
  ['orders', 1],
  ['guide_views', 3],
  ['guide_viewers', 3],
])('%s: %i', async (metric, value) => {
  expect(await total(metric)).toMatchObject({ value })
})

// The run that was neither completed nor dismissed stays open for another 30 minutes: no rate includes it yet.
test.each([
  ['bounce_rate', 1, 3],
  ['cart_abandonment_rate', 1, 2],
  ['checkout_abandonment_rate', 0, 1],
  ['guide_completion_rate', 1, 2],
  ['guide_dismiss_rate', 1, 2],
])('%s: %i of %i', async (metric, numerator, denominator) => {
  expect(await total(metric)).toMatchObject({ value: numerator / denominator, numerator, denominator })
})

test('revenue is the price of the goods, without tax and shipping', async () => {
  expect(await total('gross_revenue')).toMatchObject({ value: 42, currency: 'USD' })
  expect(await total('average_order_value')).toMatchObject({
    value: 42,
    numerator: 42,
    denominator: 1,
    currency: 'USD',
  })
})

test('every click is counted', async () => {
  expect(await total('clicks')).toMatchObject({ value: 16 })
})

test('every event is counted once', async () => {
  expect(await by('event', 'events')).toEqual({
    view_item: 2,
    add_to_cart: 3,
    begin_checkout: 1,
    purchase: 1,
    guide_step: 5,
    guide_complete: 1,
    guide_dismiss: 1,
  })
})

test('every page is counted, including those of the single-page app', async () => {
  expect(await by('page', 'pageviews')).toEqual({
    '/demo/': 5,
    '/demo/app': 1,
    '/demo/app/packing': 1,
    '/demo/product/mug': 1,
    '/demo/product/compass': 1,
    '/demo/cart': 1,
    '/demo/checkout': 1,
    '/demo/thanks': 2,
  })
})
