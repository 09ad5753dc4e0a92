import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { allArrived, collector, openPage } from '../../e2e/stage'

const MUG = { item_id: 'M1', item_name: 'Mug', price: 20, quantity: 2 }
const GOODS = JSON.stringify({ currency: 'EUR', value: 40, items: [MUG] })

/** `gtag` as in Google's snippet. */
const GTAG = 'window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments) }'

/** Google's own reader of `dataLayer`, which notes the events it receives. */
const HELPER = `${readFileSync(new URL(import.meta.resolve('data-layer-helper/dist/data-layer-helper.js')), 'utf8')}
  self.heard = []; new DataLayerHelper(dataLayer, (model, { event, 1: name }) => heard.push(event ?? name), true)`

const open = (code: string, body = '') => openPage(`${body}<script>${GTAG}; ${code}</script>`, 'data-modules="ga4"')

/** Sorted by name, because simultaneous events arrive in any order. */
const events = () =>
  collector.events.map(({ k, o }) => [k, o] as const).sort(([one = ''], [other = '']) => (one < other ? -1 : 1))

test.each([
  ['before it', HELPER, ''],
  ['after it', '', HELPER],
])('earlier and later events of gtag and Tag Manager, with Google’s helper %s', async (_, first, last) => {
  const page = await open(`${first}
    gtag('js', new Date()); gtag('config', 'G-1')
    gtag('event', 'view_item', ${GOODS})
    dataLayer.push({ ecommerce: null })
    dataLayer.push({ event: 'add_to_cart', ecommerce: ${GOODS} })`)
  await collector.until('events', 2)
  const length = await page.evaluate(`${last};
    dataLayer.push({ event: 'purchase', ecommerce: { transaction_id: 'T1', currency: 'EUR', value: '40.00', tax: 6 } })
    gtag('event', 'search', { search_term: 'mugs' })
    dataLayer.push({ event: 'sign_up', method: 'email' })`)
  await collector.until('events', 5)
  await allArrived(page)
  expect(events()).toEqual([
    ['add_to_cart', JSON.parse(GOODS)],
    ['purchase', { transaction_id: 'T1', currency: 'EUR', value: '40.00', tax: 6 }],
    ['search', { search_term: 'mugs' }],
    ['sign_up', { method: 'email' }],
    ['view_item', JSON.parse(GOODS)],
  ])
  expect(length).toBe(8)
  expect(await page.evaluate('heard.filter(Boolean)')).toEqual(
    expect.arrayContaining(['view_item', 'add_to_cart', 'purchase', 'search', 'sign_up']),
  )
})

test('personal data, other events and broken entries stay on the page, and its own push still returns', async () => {
  const page = await open(`
    dataLayer.push({ event: 'login', method: 'x', user_id: 'u_42', email: 'a@b.example', 'gtm.uniqueEventId': 7 })
    for (const entry of [null, undefined, 7, 'purchase', [], ['set', 'purchase'], { event: 'page_view' }, { event: 'purchases' },
      { event: 'refund', transaction_id: 'T1' }, { event: 'generate_lead', get value() { throw 1 } }]) dataLayer.push(entry)`)
  await collector.until('events', 1)
  expect(await page.evaluate('dataLayer.push({}, {})')).toBe(13)
  await allArrived(page)
  expect(events()).toEqual([['login', { method: 'x' }]])
})

test('an event is not recorded twice by an element with data-footfall or by a tag that runs again', async () => {
  const page = await open(
    '',
    `${collector.tag('data-modules="ga4"')}<button data-footfall="add_to_cart" data-footfall-value="20"
    onclick="dataLayer.push({ event: 'add_to_cart', ecommerce: { value: 20 } })">Add</button>`,
  )
  await page.click('button')
  await page.evaluate("dataLayer.push({ event: 'view_cart' })")
  await collector.until('events', 2)
  await allArrived(page)
  expect(collector.events.map(({ k }) => k)).toEqual(['add_to_cart', 'view_cart'])
})

test('with the module "cart" it leaves out changes to the cart', async () => {
  const page = await openPage(
    `<script>${GTAG}; for (const event of ['add_to_cart', 'view_cart', 'remove_from_cart']) dataLayer.push({ event })</script>`,
    'data-modules="ga4,cart"',
  )
  await collector.until('events', 1)
  await allArrived(page)
  expect(collector.events.map(({ k }) => k)).toEqual(['view_cart'])
})
