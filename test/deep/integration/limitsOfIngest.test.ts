import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { IMPORTS } from '../../../shared/imports'
import { LIMITS } from '../../../shared/limits'
import { backup, restorePart } from '../../integration/backups'
import { browser } from '../../integration/beacons'
import { QUERIES } from '../../integration/d1Limits'
import { type Invocation, request } from '../../integration/invocation'
import { limitedDatabase } from '../../integration/limitedDatabase'
import { createSite, deleteSite, migrate, type TestSite } from '../../integration/setup'

beforeAll(migrate)

const NOW = Date.now()

const list = <T>(count: number, item: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => item(n))

/** A text of so many characters that differs from those of other numbers. */
const textOf = (n: number, length: number, character = '漢'): string => `${n}`.padEnd(length, character)

const FREE = { calls: QUERIES.free, statements: QUERIES.free }

const post = ({ domain, write }: TestSite, body: string, type = 'application/json'): Promise<Invocation> =>
  request(
    `/api/v1/events?site=${domain}`,
    { method: 'POST', headers: { authorization: `Bearer ${write}`, 'content-type': type }, body },
    FREE,
  )

const beacon = ({ domain }: TestSite, records: readonly unknown[]): Promise<Invocation> => {
  const { address, agent } = browser(1)
  return request(
    '/v1/e',
    {
      method: 'POST',
      headers: { 'user-agent': agent, 'cf-connecting-ip': address },
      body: JSON.stringify({ v: 1, s: domain, n: NOW, e: records }),
    },
    FREE,
  )
}

/** Events, each of which is new to every dictionary. */
const everythingNew = (n: number): Record<string, unknown> => ({
  id: `event ${n}`,
  visitor_id: `visitor ${n}`,
  user_id: `user ${n}`,
  time: NOW - n * 60_000,
  url: `https://shop.example/${n}?utm_source=source${n}&utm_campaign=campaign${n}`,
  referrer: `https://referrer${n}.example/`,
  user_agent: `Mozilla/5.0 (X11; Linux x86_64; rv:${n}.0) Gecko/20100101 Firefox/${n}.0`,
  language: 'de',
  country: 'SE',
  city: `City ${n}`,
})

const KINDS: Readonly<Record<string, (n: number) => Record<string, unknown>>> = {
  'page views': n => ({ ...everythingNew(n), name: 'page_view' }),
  'custom events': n => ({ ...everythingNew(n), name: `event_${n}` }),
  purchases: n => ({ ...everythingNew(n), name: 'purchase', value: n, transaction_id: `order ${n}` }),
}

describe.each(Object.entries(KINDS))('%s that are all new to the dictionaries', (_name, event) => {
  test('the largest body of a server is stored, and recognized when it comes again, on the free plan', async () => {
    const site = await createSite()
    const lines = list(LIMITS.eventsPerCall, n => JSON.stringify(event(n)))
    for (const [accepted, duplicates] of [
      [LIMITS.eventsPerCall, 0],
      [0, LIMITS.eventsPerCall],
    ]) {
      const { status, body, usage } = await post(site, lines.join('\n'), 'application/x-ndjson')
      // The first batch takes the ids for new ones.
      expect([status, usage.errors.filter(error => !error.includes('event_ids.key'))]).toEqual([200, []])
      expect(JSON.parse(body)).toMatchObject({ accepted, duplicates })
    }
  })
})

test.each([
  ['transaction ids', { transaction_id: 1 }, 4_600],
  ['ids and visitor ids', { transaction_id: 0, id: 1, visitor_id: 1 }, 2_400],
])('the longest %s are stored, on the free plan', async (_name, long, count) => {
  const site = await createSite()
  const event = (n: number) => ({
    name: 'purchase',
    visitor_id: 'v',
    time: NOW,
    value: 1,
    ...Object.fromEntries(
      Object.entries(long).map(([field, isLong]) => [field, textOf(n, isLong * LIMITS.identifier)]),
    ),
  })
  const events = list(count, event)
  const { status, body, usage } = await post(site, JSON.stringify({ events }))
  expect([status, JSON.parse(body).accepted, usage.errors]).toEqual([200, events.length, []])
})

/** As large as an event may be, of characters that JSON escapes, each time that it is put into JSON. */
const largestEvent = (name: string) => ({
  name,
  visitor_id: textOf(1, LIMITS.identifier, '"'),
  time: NOW,
  value: 1,
  transaction_id: textOf(1, LIMITS.identifier, '"'),
  items: list(LIMITS.itemsPerEvent, n => ({
    item_id: textOf(n, LIMITS.itemField, '"'),
    item_name: textOf(n, LIMITS.itemField, '"'),
    item_category: textOf(n, LIMITS.itemField, '"'),
    item_variant: textOf(n, LIMITS.itemField, '"'),
    item_brand: textOf(n, LIMITS.itemField, '"'),
    price: 1,
    quantity: 1,
  })),
  ...Object.fromEntries(
    list(LIMITS.propertiesPerEvent, n => [textOf(n, LIMITS.propertyName, '"'), textOf(n, LIMITS.propertyValue, '"')]),
  ),
})

test.each(['purchase', 'add_to_cart', 'a_custom_event'])('the largest %s is stored, on the free plan', async name => {
  const site = await createSite()
  const { status, body, usage } = await post(site, JSON.stringify({ events: [largestEvent(name)] }))
  expect([status, JSON.parse(body).accepted, usage.errors]).toEqual([200, 1, []])
})

/** The purchases of a site as stored, but for the ids of dictionaries. */
const purchasesOf = async ({ domain }: TestSite): Promise<unknown[]> => {
  const sql =
    'select transaction_id, amounts from purchases where site = (select id from sites where domain = ?1) order by 1'
  return (await env.DB.prepare(sql).bind(domain).all()).results
}

test('the largest purchase is backed up and restored', async () => {
  const site = await createSite()
  await post(site, JSON.stringify({ events: [largestEvent('purchase')] }))
  const before = await purchasesOf(site)
  expect(before).toHaveLength(1)
  const parts = await backup(site)
  await deleteSite(site)
  for (const part of parts) {
    const { db, usage } = limitedDatabase(env.DB)
    expect(await restorePart(site.domain, part, db)).toMatchObject({ status: 200 })
    expect(usage.errors).toEqual([])
  }
  expect(await purchasesOf(site)).toEqual(before)
})

test.each(Object.keys(KINDS))('the largest beacon is stored, on the free plan: %s', async kind => {
  const site = await createSite()
  const records = list(LIMITS.recordsPerBeacon, n => {
    const { url, name, value, transaction_id } = KINDS[kind]?.(n) ?? {}
    const parameters = { user_id: 'u', value, transaction_id, padding: textOf(n, 900, 'x') }
    return {
      i: n,
      t: NOW - n,
      u: `${url}`.replace('shop.example', site.domain),
      ...(name === 'page_view' ? {} : { k: name, o: parameters }),
    }
  })
  const { status, usage } = await beacon(site, records)
  expect([status, usage.errors]).toEqual([204, []])
})

/** An example row of a template as JSON gives it. */
const numeric = (example: Readonly<Record<string, string>>): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(example).map(([name, value]) => [
      name,
      value !== '' && Number.isFinite(Number(value)) ? Number(value) : value,
    ]),
  )

test.each(IMPORTS.map(one => [one.kind, one] as const))(
  'the largest import of %s is stored, on the free plan',
  async (kind, { texts, example }) => {
    const site = await createSite()
    const rows = list(3_000, n => ({
      ...numeric(example),
      ...Object.fromEntries(texts.map(text => [text.name, 'values' in text ? (text.values[1] ?? '') : textOf(n, 100)])),
    }))
    const { status, body, usage } = await request(
      `/api/v1/imports/${kind}?site=${site.domain}`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${site.write}`, 'content-type': 'application/json' },
        body: JSON.stringify({ rows }),
      },
      FREE,
    )
    expect([status, body.slice(0, 200), usage.errors]).toEqual([200, expect.any(String), []])
  },
)
