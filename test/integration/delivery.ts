import { env, exports } from 'cloudflare:workers'
import { expect, vi } from 'vitest'
import type { Beacon } from '../../shared/wire'
import { eventsOfBeacon } from '../../worker/collect/parse/parseBeacon'
import { enrichEvents, storeEnrichedEvents } from '../../worker/collect/store/storeEvents'
import { d1 } from '../../worker/storage/d1'
import { findSite } from '../../worker/storage/sites'
import { type RawEvent, timeOf } from '../oracle/event'
import type { Imports } from '../oracle/imports'
import type { Delivery, Scenario } from '../oracle/scenario'
import { createSite, deleteSite, post, settle, type TestSite } from './setup'
import { databaseOf } from './store'

/** Imports rows of every kind. */
export const importRows = async ({ domain, write }: TestSite, imports: Imports): Promise<void> => {
  for (const [kind, rows] of Object.entries(imports)) {
    if (rows.length === 0) continue
    const response = await exports.default.fetch(`https://stats.example/api/v1/imports/${kind}?site=${domain}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${write}`, 'content-type': 'application/json' },
      body: JSON.stringify({ rows }),
    })
    expect([kind, response.status, await response.text()]).toEqual([kind, 200, expect.any(String)])
  }
}

/** Hosts of the pages in scenarios. */
const HOSTNAMES = ['shop.example', 'docs.example']

let records = 0

const beaconOf = (event: RawEvent, domain: string): Beacon => {
  const {
    name,
    visitor_id,
    user_id,
    url = '',
    referrer,
    currency,
    value,
    transaction_id,
    items,
    interactive,
    properties,
  } = event
  const given = { user_id, currency, value, transaction_id, items, interactive, ...properties }
  const o = Object.fromEntries(Object.entries(given).filter(([, one]) => one !== undefined))
  records += 1
  const t = timeOf(event)
  return {
    v: 1,
    s: domain,
    n: t,
    ...(visitor_id && { p: visitor_id }),
    e: [{ i: records, t, u: url, ...(referrer && { r: referrer }), k: name, o }],
  }
}

/**
 * The events of a browser as they come from the queue: a beacon is sent at once, and can wait there until
 * its turn comes.
 */
const postBeacon = async ({ domain }: TestSite, event: RawEvent): Promise<void> => {
  const site = await findSite(d1(env.DB), domain)
  if (!site) throw new Error('there is no site')
  const incoming = eventsOfBeacon(beaconOf(event, domain), site, {
    now: timeOf(event),
    origin: null,
    client: 1,
    address: '203.0.113.1',
    userAgent: event.user_agent ?? '',
    acceptLanguage: event.language ?? '',
    hasGpc: false,
    place: [event.country ?? '', event.region ?? '', event.city ?? ''],
  })
  const db = d1(databaseOf(site))
  await storeEnrichedEvents(db, site.id, await enrichEvents(db, site, incoming))
}

const postEvents = async (site: TestSite, events: readonly RawEvent[], format: Delivery['format']): Promise<void> => {
  if (events.length === 0) return
  const { accepted, duplicates, refused } = await post(site, events, format)
  expect({ refused, sent: accepted + duplicates }).toEqual({ refused: [], sent: events.length })
}

/** Sends a delivery on arrival, and runs the cron after it if it says so. */
export const deliver = async (site: TestSite, { at, events, format, settle: settles }: Delivery): Promise<void> => {
  vi.setSystemTime(at)
  let waiting: RawEvent[] = []
  for (const event of events) {
    if (!event.fromBrowser) {
      waiting.push(event)
      continue
    }
    await postEvents(site, waiting, format)
    waiting = []
    await postBeacon(site, event)
  }
  await postEvents(site, waiting, format)
  if (settles) await settle()
}

/** Runs something with the site of a scenario, then deletes it. */
export const withSite = async (scenario: Scenario, work: (site: TestSite) => Promise<void>): Promise<void> => {
  vi.setSystemTime(scenario.founded)
  const settings = { hostnames: HOSTNAMES, ...scenario.site.settings }
  const site = await createSite({ ...scenario.site, settings })
  try {
    await work(site)
  } finally {
    vi.setSystemTime(scenario.now)
    await deleteSite(site)
  }
}

/** Sends everything of a scenario in order; the clock then shows its end. */
export const deliverAll = async (site: TestSite, scenario: Scenario): Promise<void> => {
  for (const delivery of scenario.deliveries) await deliver(site, delivery)
  vi.setSystemTime(scenario.now)
  await importRows(site, scenario.imports)
}
