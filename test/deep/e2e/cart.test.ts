import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shopify } from '../../e2e/shops/shopify'
import { ShopServer } from '../../e2e/shops/shopServer'
import { wooCommerce } from '../../e2e/shops/wooCommerce'
import { allArrived, collector, openTab } from '../../e2e/stage'

const CART = '/wp-json/wc/store/v1/cart'
const BEANIE = { item_id: 38, item_name: 'Men’s Beanie & Scarf', price: 18 }
const BELT = { item_id: 22, item_name: 'Belt', price: 55 }
const COAT = { item_id: 36110175633573, item_name: 'Red Rain Coat - Small', price: 129 }
const MEDIUM = { item_id: 36110175666341, item_name: 'Red Rain Coat - Medium <3', price: 129.5 }

const server = new ShopServer()

beforeAll(() => server.start())
afterAll(() => server.stop())

const tag = () => collector.tag('data-modules="cart"')

const events = () => collector.events.filter(({ k }) => k !== 'purchase').map(({ k, o }) => [k, o])

const event = (name: string, currency: string, value: number, ...items: object[]) => [name, { currency, value, items }]

/**
 * Waits for at least this many events, and until Chromium has stored the tab's cart: the next page may get a process of its
 * own, which sees it some milliseconds later.
 */
const told = async (page: Page, count: number) => {
  await collector.until('events', count)
  await allArrived(page)
}

/** Waits until the tab has read the cart this many times. */
const reads = (page: Page, path: string, count: number) =>
  expect
    .poll(() => server.requests.filter(one => one === `GET ${path}`).length)
    .toBe(count)
    .then(() => allArrived(page))

/** Waits until the tab has stored a cart without pending changes. */
const seen = (page: Page) => page.waitForFunction(() => /\}$/.test(sessionStorage.footfall_cart))

/** A tab that shows a page of the shop and has read its cart. */
const open = async (path = '/') => {
  const page = await openTab()
  await page.goto(server.url(path))
  await seen(page)
  return page
}

test('WooCommerce: each change by forms, links, scripts and blocks is recorded once, across reloads', async () => {
  server.show(wooCommerce(tag()))
  const page = await open()
  await page.click('.ajax_add_to_cart')
  await told(page, 1)
  await page.click('.plain')
  await told(page, 2)
  await page.goto(server.url('/product/beanie/'))
  await page.fill('[name=quantity]', '3')
  await page.click('[name=add-to-cart]')
  await told(page, 3)
  await page.goto(server.url('/cart/'))
  await page.reload()
  await seen(page)
  await page.fill('[name="cart[38][qty]"]', '1')
  await page.click('[name=update_cart]')
  await told(page, 4)
  await page.click('.remove[data-product_id="22"]')
  await told(page, 5)
  await page.evaluate('addByBlock(22)')
  await told(page, 6)
  await page.reload()
  await seen(page)
  await allArrived(page)
  expect(await page.evaluate(() => [localStorage.length, { ...sessionStorage }])).toEqual([
    0,
    { footfall_cart: JSON.stringify({ 22: { ...BELT, quantity: 1 }, 38: { ...BEANIE, quantity: 1 } }) },
  ])
  expect(events()).toEqual([
    event('add_to_cart', 'USD', 55, { ...BELT, quantity: 1 }),
    event('add_to_cart', 'USD', 18, { ...BEANIE, quantity: 1 }),
    event('add_to_cart', 'USD', 54, { ...BEANIE, quantity: 3 }),
    event('remove_from_cart', 'USD', 54, { ...BEANIE, quantity: 3 }),
    event('remove_from_cart', 'USD', 55, { ...BELT, quantity: 1 }),
    event('add_to_cart', 'USD', 55, { ...BELT, quantity: 1 }),
  ])
})

test('items that were in the cart when it was first read are not an event, and neither is an order that empties it', async () => {
  const shop = wooCommerce(tag(), 'JPY')
  shop.cart.set(38, 2)
  server.show(shop)
  const page = await open()
  await page.click('.ajax_add_to_cart')
  await told(page, 1)
  // The checkout block sends the address just before the order.
  await page.evaluate("send('POST', '/wp-json/wc/store/v1/cart/update-customer')")
  await page.goto(server.url('/checkout/order-received/1/'))
  await page.waitForFunction(() => sessionStorage.footfall_cart === '{}')
  await page.goto(server.url('/'))
  await collector.until('views', 3)
  // Each page read a full cart once, also after the change, and an empty one not at all.
  expect(server.requests.filter(request => request === `GET ${CART}`)).toHaveLength(3)
  await page.click('.ajax_add_to_cart')
  await told(page, 3)
  const belt = event('add_to_cart', 'JPY', 5500, { ...BELT, price: 5500, quantity: 1 })
  expect(events()).toEqual([belt, belt])
})

test('an outdated answer is ignored', async () => {
  server.show(wooCommerce(tag()))
  const page = await open()
  const { promise, resolve } = Promise.withResolvers<void>()
  // The shop answers with the cart as of the request.
  server.waits.set(CART, [promise])
  await page.click('.ajax_add_to_cart')
  await reads(page, CART, 2)
  await page.evaluate('addByBlock(38)')
  await told(page, 1)
  resolve()
  await page.click('.ajax_add_to_cart')
  await told(page, 2)
  expect(events()).toEqual([
    event('add_to_cart', 'USD', 73, { ...BELT, quantity: 1 }, { ...BEANIE, quantity: 1 }),
    event('add_to_cart', 'USD', 55, { ...BELT, quantity: 1 }),
  ])
})

test('Shopify: forms, links and the Ajax API, with prices in hundredths in any currency', async () => {
  server.show(shopify(tag()))
  const page = await open()
  await page.click('[name=add]')
  await told(page, 1)
  await page.evaluate("post('add.js', { id: 36110175666341, quantity: 2 })")
  await told(page, 2)
  await page.evaluate("post('change.js', { id: 36110175666341, quantity: 1 })")
  await told(page, 3)
  await page.click('text=Remove')
  await told(page, 4)
  // Shopify hosts the checkout; an order empties the cart there.
  await page.click('text=Check out')
  await page.click('text=Back to the shop')
  await page.waitForFunction(() => sessionStorage.footfall_cart === '{}')
  await allArrived(page)
  expect(events()).toEqual([
    event('add_to_cart', 'CAD', 129, { ...COAT, quantity: 1 }),
    event('add_to_cart', 'CAD', 259, { ...MEDIUM, quantity: 2 }),
    event('remove_from_cart', 'CAD', 129.5, { ...MEDIUM, quantity: 1 }),
    event('remove_from_cart', 'CAD', 129, { ...COAT, quantity: 1 }),
  ])
})

test('an event that an element with data-footfall records is not recorded twice', async () => {
  server.show(wooCommerce(`${tag()}<button data-footfall="add_to_cart">Add</button>`))
  const page = await open('/product/beanie/')
  await page.click('[name=add-to-cart]')
  await reads(page, CART, 2)
  await page.goto(server.url('/cart/'))
  await page.click('.remove')
  await told(page, 1)
  expect(events()).toEqual([event('remove_from_cart', 'USD', 18, { ...BEANIE, quantity: 1 })])
})
