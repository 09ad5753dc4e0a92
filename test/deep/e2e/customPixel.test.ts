import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { checkoutEvents, pixelPage } from '../../e2e/shops/customPixel'
import { allArrived, collector, openTab } from '../../e2e/stage'

const open = async () => {
  collector.show('/', pixelPage(collector.url('')))
  const page = await openTab()
  await page.goto(collector.url('/'))
  return page
}

const publish = (page: Page) =>
  page.evaluate(
    events => {
      for (const event of events) (window as unknown as { publish: (event: object) => void }).publish(event)
    },
    checkoutEvents(collector.url('')),
  )

const ITEM = { item_id: '36110175633573', item_name: 'Red Rain Coat', item_variant: 'Small', price: 120, quantity: 2 }
const GOODS = { currency: 'USD', value: 240, tax: 20, shipping: 0, items: [ITEM] }

test('Shopify’s custom pixel records a checkout without the buyer’s data or the address of the order', async () => {
  const page = await open()
  await publish(page)
  await collector.until('events', 3)
  expect(Object.fromEntries(collector.events.map(({ k, o }) => [k, o]))).toEqual({
    begin_checkout: GOODS,
    add_payment_info: GOODS,
    purchase: { transaction_id: '5123', ...GOODS },
  })
  expect(collector.events.map(({ u }) => u)).toEqual(Array(3).fill(collector.url('/checkout')))
  expect(JSON.stringify(collector.beacons)).not.toMatch(/secret|ada@/)
  expect(collector.beacons[0]).toMatchObject({ v: 1, s: 'localhost', p: false })
  expect(collector.requests[0]?.headers.origin).toBe('null')
})

test('Shopify’s custom pixel sends the persistent id of the shop’s pages, and respects opt-outs', async () => {
  const page = await open()
  await page.evaluate(() => {
    localStorage.footfall_id = '0.123456789'
  })
  await publish(page)
  await collector.until('events', 3)
  expect(collector.beacons.map(({ p }) => p)).toEqual(Array(3).fill('0.123456789'))
  await page.evaluate(() => {
    localStorage.footfall_ignore = 'true'
  })
  await publish(page)
  await page.waitForFunction("asked.filter(name => name === 'footfall_ignore').length === 6")
  await page.evaluate(() => {
    localStorage.removeItem('footfall_ignore')
  })
  await publish(page)
  await collector.until('events', 6)
  await allArrived(page)
  expect(collector.events).toHaveLength(6)
})
