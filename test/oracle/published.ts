import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { RawEvent } from './event.ts'

const folder = new URL('../../../shared/data/', import.meta.url)

/** The events of a published data set stored beside the project, `undefined` if it is missing. */
export const publishedEvents = (name: string): RawEvent[] | undefined => {
  const file = new URL(`${name}.ndjson.gz`, folder)
  if (!existsSync(file)) return undefined
  const lines = gunzipSync(readFileSync(file)).toString().trim().split('\n')
  return lines.map(line => JSON.parse(line) as RawEvent)
}

/** Readers of Wikipedia from 2014-01-07 to 2014-01-22 UTC, by the publisher and independent scripts. */
export const READERS = {
  file: 'wikipedia-readers',
  period: { from: '2014-01-07', to: '2014-01-22' },
  visitors: 10_000,
  pageviews: 63_524,
  sessions: 22_224,
  bounces: 13_138,
  bounceRate: 0.5911627,
  sessionSeconds: 6_053_477,
  sessionDuration: 272.38467,
  pagesPerSession: 2.8583513,
  visitorsByDay: [1061, 1122, 1122, 1010, 876, 1050, 1229, 1164, 1145, 1214, 1028, 868, 926, 1187, 1161, 1166],
  /** From 2014-01-13 on. */
  wauByDay: [5225, 5298, 5333, 5396, 5408, 5397, 5344, 5325, 5332, 5328],
  mau: 10_000,
  /** By day n: those who returned, of those who could have. */
  retention: { 1: [1032, 9477], 7: [598, 6454], 14: [241, 1963] },
} as const

/** A demo shop from 2022-10-25 to 2022-12-22 UTC. */
export const SHOP = {
  file: 'snowplow-shop',
  period: { from: '2022-10-25', to: '2022-12-22' },
  visitors: 60,
  sessions: 63,
  sessionSeconds: 2_325.273,
  sessionDuration: 36.909095,
  carts: 15,
  sessionsWithPurchase: 8,
  abandonedCarts: 7,
  cartAbandonmentRate: 0.4666667,
  orders: 14,
  grossRevenue: 1_466_094.89,
  events: { add_to_cart: 38, view_item: 179, remove_from_cart: 15, begin_checkout: 38 },
} as const
