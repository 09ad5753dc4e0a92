import { beforeAll, expect, test } from 'vitest'
import type { MetricValue } from '../../shared/question'
import { browser, send } from './beacons'
import { createSite, migrate, patchSite, post, query, type TestSite } from './setup'

beforeAll(migrate)

type Events = readonly (readonly [name: string, properties: Record<string, unknown>])[]

/** A way to send events to a site. */
const WAYS: Readonly<Record<string, (site: TestSite, events: Events) => Promise<void>>> = {
  'a browser': (site, events) =>
    send(site, browser(1), ...events.map(([k, o], i) => ({ i, t: Date.now(), k, o: { user_id: 'u', ...o } }))),
  'a server': async (site, events) => {
    const { refused } = await post(
      site,
      events.map(([name, properties]) => ({ name, user_id: 'u', ...properties })),
    )
    expect(refused).toEqual([])
  },
}

/** Events as plugins for GA4 write them, with the same numbers as texts. */
const withNumbers = (number: (value: number) => unknown): Events => {
  const item = { item_id: 'MUG', price: number(20), discount: number(1.5), quantity: number(2) }
  const goods = { value: number(40), tax: number(8), shipping: number(4.9), currency: 'EUR', items: [item] }
  return [
    ['add_to_cart', goods],
    ['purchase', { transaction_id: 'T1', ...goods }],
    ['purchase', { transaction_id: 'T2', items: [item] }],
    ['guide_step', { guide_id: 'welcome', step: number(2), step_count: number(5) }],
    ['survey_response', { kind: 'nps', score: number(9) }],
    ['subscription_start', { price: number(12.5), quantity: number(4), interval: 'month' }],
  ]
}

const METRICS = ['gross_revenue', 'orders', 'average_order_value', 'nps', 'mrr', 'guide_views'] as const

const valuesOf = async (site: TestSite): Promise<Record<string, MetricValue> | undefined> =>
  (await query(site, { metrics: METRICS, period: 'today' })).rows[0]?.metrics

test.each(Object.keys(WAYS))('numbers that %s writes as texts count as numbers', async way => {
  const values = await Promise.all(
    [(value: number) => value, (value: number) => value.toFixed(2), String].map(async number => {
      const site = await createSite({ currency: 'EUR' })
      await patchSite(site, { settings: { browser_money: true } })
      await WAYS[way]?.(site, withNumbers(number))
      return valuesOf(site)
    }),
  )
  expect(values[0]).toMatchObject({ gross_revenue: { value: 80 }, orders: { value: 2 }, nps: { value: 100 } })
  expect(values[1]).toEqual(values[0])
  expect(values[2]).toEqual(values[0])
})

test.each(Object.keys(WAYS))('a postcode that %s sends stays a text', async way => {
  const site = await createSite()
  await WAYS[way]?.(site, [['delivery', { postcode: '01067', price: '20.00' }]])
  const dimensions = ['property:postcode', 'property:price']
  const { rows } = await query(site, { metrics: ['events'], period: 'today', dimensions })
  expect(rows.map(row => row.dimensions)).toEqual([{ 'property:postcode': '01067', 'property:price': '20.00' }])
})
