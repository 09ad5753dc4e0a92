import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Answer } from '../../../shared/question'
import { type Server, startServer } from '../../../tools/server/server'
import { AS_A_PERSON, findChromium } from '../../chromium'
import { checkoutEvents, pixelPage } from '../../e2e/shops/customPixel'
import { shopify } from '../../e2e/shops/shopify'
import { type Shop, ShopServer } from '../../e2e/shops/shopServer'
import { wooCommerce } from '../../e2e/shops/wooCommerce'

const DAY = 86_400_000
const HELPER = fileURLToPath(import.meta.resolve('data-layer-helper/dist/data-layer-helper.js'))

const shops = new ShopServer()
let dataDir: string
let server: Server

const utcDay = (time: number) => new Date(time).toISOString().slice(0, 10)

const ask = async (metrics: readonly string[], more: object = {}): Promise<Answer> => {
  // Two days, in case midnight falls within the test.
  const period = { from: utcDay(Date.now() - DAY), to: utcDay(Date.now()) }
  const response = await fetch(`${server.url}/api/v1/query`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ site: 'localhost', metrics, period, ...more }),
  })
  expect(response.status).toBe(200)
  return response.json()
}

const eventCounts = async (): Promise<Record<string, unknown>> => {
  const { rows } = await ask(['events'], { dimensions: ['event'] })
  return Object.fromEntries(rows.map(row => [row.dimensions?.event, row.metrics.events?.value]))
}

/** Waits until the collector has counted this many of these events. */
const until = (counts: object) =>
  vi.waitFor(async () => expect(await eventCounts()).toMatchObject(counts), { timeout: 60_000, interval: 100 })

const tag = (modules: string) =>
  `<script defer src="${server.url}/s.js" data-site="localhost" data-modules="${modules}"></script>`

/** A new visitor for each User-Agent: one address and one browser are one visitor. */
const visit = async (platform: string, shop: Shop, shopping: (page: Page) => Promise<void>) => {
  shops.show(shop)
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: [
      ...AS_A_PERSON,
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      `--user-agent=Mozilla/5.0 (${platform}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36`,
    ],
  })
  try {
    const page = await browser.newPage()
    await page.goto(shops.url('/'))
    await shopping(page)
  } finally {
    await browser.close()
  }
}

/** Waits until the tab has stored a cart without pending changes. */
const seen = (page: Page) => page.waitForFunction(() => /\}$/.test(sessionStorage.footfall_cart))

const buyAtWooCommerce = async (page: Page) => {
  await seen(page)
  await page.click('.ajax_add_to_cart')
  await until({ add_to_cart: 1 })
  await page.goto(shops.url('/product/beanie/'))
  await page.fill('[name=quantity]', '3')
  await page.click('[name=add-to-cart]')
  await until({ add_to_cart: 2 })
  await page.goto(shops.url('/cart/'))
  await seen(page)
  await page.click('.remove[data-product_id="22"]')
  await until({ remove_from_cart: 1 })
  await page.goto(shops.url('/checkout/order-received/727/'))
  await until({ purchase: 1 })
  await page.reload()
  await seen(page)
}

const buyAtShopify = async (page: Page) => {
  await seen(page)
  await page.click('[name=add]')
  await until({ add_to_cart: 3 })
  await page.click('text=Check out')
  await page.evaluate(
    events => {
      for (const event of events) (window as unknown as { publish: (event: object) => void }).publish(event)
    },
    checkoutEvents(shops.url('')),
  )
  await until({ begin_checkout: 1, add_payment_info: 1, purchase: 2 })
  await page.goto(shops.url('/'))
  await seen(page)
}

const changeMindAtShopify = async (page: Page) => {
  await seen(page)
  await page.evaluate("post('add.js', { id: 36110175666341, quantity: 2 })")
  await until({ add_to_cart: 4 })
  await page.reload()
  await seen(page)
  await page.evaluate("post('change.js', { id: 36110175666341, quantity: 0 })")
  await until({ remove_from_cart: 2 })
}

/** A custom shop with a data layer that Google's own helper reads. */
const withDataLayer = (helper: string): Shop => ({
  cart: new Map(),
  answer: () => ({
    html: `<script>dataLayer = [{ event: 'view_item', ecommerce: { items: [{ item_id: 'M1' }] } }]</script>
      <script>${helper}; new DataLayerHelper(dataLayer)</script>${tag('ga4')}`,
  }),
})

const leave = async (page: Page) => {
  await until({ view_item: 1 })
  await page.evaluate(() => {
    const { dataLayer } = window as unknown as { dataLayer: object[] }
    const items = [{ item_id: 'M1', item_name: 'Mug', price: 20 }]
    dataLayer.push({ event: 'add_to_cart', ecommerce: { currency: 'USD', value: 20, items } })
  })
  await until({ add_to_cart: 5 })
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'footfall-'))
  server = await startServer({ port: 0, dataDir, quiet: true })
  await shops.start()
  await visit('X11; Linux x86_64', wooCommerce(tag('cart')), buyAtWooCommerce)
  const theme = shopify(tag('cart'), { currency: 'USD', checkout: pixelPage(server.url) })
  await visit('Windows NT 10.0; Win64; x64', theme, buyAtShopify)
  await visit('Macintosh; Intel Mac OS X 10_15_7', shopify(tag('cart')), changeMindAtShopify)
  await visit('X11; CrOS x86_64 14541.0.0', withDataLayer(await readFile(HELPER, 'utf8')), leave)
})

afterAll(async () => {
  await shops.stop()
  await server?.stop()
  await rm(dataDir, { recursive: true })
})

test('the tag alone records the carts of WooCommerce, Shopify and a data layer', async () => {
  expect(await eventCounts()).toEqual({
    view_item: 1,
    add_to_cart: 5,
    remove_from_cart: 2,
    begin_checkout: 1,
    add_payment_info: 1,
    purchase: 2,
  })
})

test('carts, orders and revenue are computed from these events', async () => {
  const { rows } = await ask(['carts', 'orders', 'cart_abandonment_rate', 'gross_revenue'])
  expect(rows[0]?.metrics).toMatchObject({
    carts: { value: 4 },
    orders: { value: 2 },
    cart_abandonment_rate: { numerator: 2, denominator: 4 },
    gross_revenue: { value: 294, currency: 'USD' },
  })
})
