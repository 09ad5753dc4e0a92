import { env, exports } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { EVENTS } from '../../shared/events'
import { LIMITS } from '../../shared/limits'
import { parseEvent } from '../../worker/collect/parse/parseEvent'
import { d1 } from '../../worker/storage/d1'
import { listSites } from '../../worker/storage/sites'
import { browser } from './beacons'
import { createSite, migrate, patchSite, post, query, type TestSite } from './setup'

beforeAll(migrate)

let site: TestSite
beforeEach(async () => {
  site = await createSite({ currency: 'EUR' })
})

type Properties = Readonly<Record<string, unknown>>

/** Status, what was dropped, and the code of an error. */
type Answered = readonly [status: number, dropped: string | null, code?: string]

let records = 0
const event = (k: string, o: unknown) => {
  records += 1
  return { i: records, t: Date.now(), u: `https://${site.domain}/`, k, o }
}

const beacon = async (...e: object[]): Promise<Answered> => {
  const { agent, address } = browser(1)
  const response = await exports.default.fetch('https://stats.example/v1/e', {
    method: 'POST',
    headers: { 'user-agent': agent, 'cf-connecting-ip': address },
    body: JSON.stringify({ v: 1, s: site.domain, n: Date.now(), e }),
  })
  const dropped = response.headers.get('x-footfall-dropped')
  if (response.status === 204) return [204, dropped]
  return [response.status, dropped, (await response.json<{ error: { code: string } }>()).error.code]
}

const many = (count: number, name = 'p'): Properties =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${name}${n}`, n]))

const storedProperties = async (): Promise<unknown[]> => {
  const { results } = await env.DB.prepare(
    'select properties from events where site = (select id from sites where domain = ?1) order by id',
  )
    .bind(site.domain)
    .all<{ properties: string | null }>()
  return results.map(({ properties }) => JSON.parse(properties ?? 'null'))
}

const counts = async (): Promise<Record<string, number>> => {
  const response = await exports.default.fetch(
    `https://stats.example/api/v1/sites/${site.domain}/refusals?period=today`,
    { headers: { authorization: `Bearer ${site.read}` } },
  )
  const { rows } = await response.json<{ rows: { reason: string; count: number }[] }>()
  return Object.fromEntries(rows.map(({ reason, count }) => [reason, count]))
}

const MONEY = ['orders', 'gross_revenue', 'conversions'] as const
const money = async (): Promise<unknown[]> => {
  const { rows } = await query(site, { metrics: MONEY, period: 'today' })
  return MONEY.map(id => rows[0]?.metrics[id]?.value)
}

/** Invalid properties beside a valid one, and the codes that name them. */
const INVALID: readonly [what: string, properties: Properties, dropped: string][] = [
  ['an object', { plan: { deep: 1 } }, 'property:plan'],
  ['a list', { plan: ['pro'] }, 'property:plan'],
  ['a text too long', { plan: 'x'.repeat(LIMITS.propertyValue + 1) }, 'property:plan'],
  ['a control character', { plan: 'a\u0000' }, 'property:plan'],
  ['a name too long', { ['x'.repeat(LIMITS.propertyName + 1)]: 1 }, `property:${'x'.repeat(LIMITS.propertyName)}`],
  ['a name with a control character', { 'a\u0007': 1 }, 'property:a%07'],
  ['a name that no header takes', { 'größe, cm': [] }, 'property:gr%C3%B6%C3%9Fe%2C%20cm'],
  ['a user id', { user_id: { id: 1 } }, 'property:user_id'],
  ['an amount', { value: '1,299.00' }, 'property:value'],
  ['an amount below 0', { tax: -1 }, 'property:tax'],
  ['an unknown currency', { currency: 'EURO' }, 'property:currency'],
  ['a transaction id', { transaction_id: '' }, 'property:transaction_id'],
  ['interactive', { interactive: 'no' }, 'property:interactive'],
  ['items', { items: 'MUG' }, 'property:items'],
  ['one item', { items: [{ item_id: 'A' }, 'MUG'] }, 'property:items'],
  ['too many items', { items: Array(LIMITS.itemsPerEvent + 1).fill({ item_id: 'A' }) }, 'property:items'],
  [
    'a field of an item',
    { items: [{ item_id: 'A', price: '€20', quantity: 'two' }] },
    'property:items.price, property:items.quantity',
  ],
]

describe.each(INVALID)('%s that is invalid', (_, properties, dropped) => {
  test('is named by the beacon, counted, and the event stored without it', async () => {
    expect(await beacon(event('signed', { ...properties, tier: 'pro' }))).toEqual([204, dropped])
    expect(await storedProperties()).toEqual([{ tier: 'pro' }])
    expect(await counts()).toEqual(Object.fromEntries(dropped.split(', ').map(reason => [reason, 1])))
  })

  test('is a warning to a server', async () => {
    // A user id is the server's own field, and not a property.
    const named = 'user_id' in properties ? [] : dropped.split(', ')
    const given = { name: 'signed', visitor_id: 'v', properties: { ...properties, tier: 'pro' } }
    const answer = await post(site, [{ name: 'fine', visitor_id: 'v' }, given])
    expect(answer).toMatchObject({ accepted: 2, refused: [] })
    expect((answer.warnings ?? []).map(({ index, code }) => [index, code])).toEqual(named.map(code => [1, code]))
    for (const { message } of answer.warnings ?? [])
      expect(message).toMatch(/^[A-Z"].*\. The event is stored without it\.$/)
    expect(await counts()).toEqual(Object.fromEntries(named.map(reason => [reason, 1])))
  })
})

test('of more than 50 properties the first 50 are stored', async () => {
  const [status, dropped] = await beacon(event('signed', many(53)))
  expect([status, dropped]).toEqual([204, 'property:p50, property:p51, property:p52'])
  expect(await storedProperties()).toEqual([many(50)])
})

test('properties that are no object are omitted together, and none at all are none', async () => {
  expect(await beacon(event('signed', ['pro']), event('signed', null))).toEqual([204, 'property:properties'])
  expect(await storedProperties()).toEqual([null, null])
})

test('so is a list or a text that the script has copied property by property', async () => {
  expect(await beacon(event('signed', { 0: 'p', 1: 'r', 2: 'o' }))).toEqual([204, 'property:properties'])
  expect(await beacon(event('signed', { 0: 'p', plan: 'pro' }))).toEqual([204, null])
  expect(await storedProperties()).toEqual([null, { 0: 'p', plan: 'pro' }])
})

test('true and false are flags as texts, too: attributes of elements are texts', async () => {
  expect(await beacon(event('shown', { interactive: 'false' }))).toEqual([204, null])
  const { rows } = await query(site, { metrics: ['sessions', 'events'], period: 'today' })
  expect([rows[0]?.metrics.sessions?.value, rows[0]?.metrics.events?.value]).toEqual([0, 1])
})

test('sizes and years of items are texts, however they are sent', async () => {
  expect(await beacon(event('view_item', { items: [{ item_id: 7, item_variant: 42.5, item_name: 501 }] }))).toEqual([
    204,
    null,
  ])
  const items = await env.DB.prepare('select items from events where site = (select id from sites where domain = ?1)')
    .bind(site.domain)
    .first<string>('items')
  expect(JSON.parse(items ?? '')).toEqual([{ item_id: '7', item_name: '501', item_variant: '42.5', quantity: 1 }])
})

describe('a purchase', () => {
  test.each<[string, Properties, string | null, unknown[]]>([
    ['without a readable value counts as an order', { value: '€20' }, 'property:value', [1, 0, 1]],
    ['takes the value of its items instead', { value: '€20', items: [{ price: 20 }] }, 'property:value', [1, 20, 1]],
    [
      'in an unknown currency adds nothing to revenue',
      { value: 20, tax: 5, currency: 'kr', items: [{ price: 20 }] },
      'property:currency, property:value, property:tax, property:items.price',
      [1, 0, 1],
    ],
    ['with an empty currency is in the currency of the site', { value: 20, currency: '' }, null, [1, 20, 1]],
    [
      'whose items are worth more than any order is worth its value',
      { items: [{ price: 1e10, quantity: 1e6 }] },
      'property:items',
      [1, 0, 1],
    ],
  ])('%s', async (_, properties, dropped, values) => {
    expect(await beacon(event('purchase', { transaction_id: 'T', ...properties }))).toEqual([204, dropped])
    expect(await money()).toEqual(values)
  })

  test.each([undefined, '', {}, 'x'.repeat(LIMITS.identifier + 1)])(
    'is rejected without a readable transaction id: %j',
    async transaction_id => {
      expect((await beacon(event('purchase', { value: 1, transaction_id })))[0]).toBe(400)
      expect(await money()).toEqual([0, 0, 0])
    },
  )
})

test.each<[code: string, name: string, properties: Properties]>([
  ['wrong_type', 'refund', { transaction_id: 'T', value: '€5' }],
  ['unknown_currency', 'refund', { transaction_id: 'T', currency: 'EURO' }],
  ['wrong_type', 'refund', { transaction_id: 'T', items: [{ item_id: 'A', quantity: 'one' }] }],
  ['wrong_type', 'refund', { transaction_id: { id: 'T' }, value: 5 }],
  ['wrong_type', 'subscription_start', { price: '20 EUR' }],
  ['wrong_type', 'subscription_start', { price: 20, quantity: 'two' }],
  ['unknown_currency', 'subscription_start', { price: 20, currency: 'EURO' }],
  ['wrong_type', 'feature_used', { feature: { name: 'export' } }],
  ['out_of_range', 'guide_step', { guide_id: 'welcome', step: 0 }],
  ['wrong_type', 'guide_complete', { guide_id: ['welcome'] }],
  ['bad_score', 'survey_response', { kind: 'nps', score: 'ten' }],
  ['wrong_type', 'identify', { user_id: {} }],
])('%s: a %s that would mean something else is rejected with %j', async (code, name, properties) => {
  await patchSite(site, { settings: { browser_money: true } })
  expect(await beacon(event(name, properties))).toEqual([400, null, code])
  expect(await counts()).toEqual({ [code]: 1 })
})

test('a refund or a subscription does without an invalid property of its own', async () => {
  await patchSite(site, { settings: { browser_money: true } })
  const plan = { name: 'pro' }
  expect(
    await beacon(
      event('refund', { transaction_id: 'T', value: 5, plan }),
      event('subscription_start', { price: 5, plan }),
    ),
  ).toEqual([204, 'property:plan'])
  expect(await counts()).toEqual({ 'property:plan': 2 })
})

test('events that only servers may send are named first', async () => {
  expect(await beacon(event('refund', {}), event('signed', { plan: [] }))).toEqual([
    204,
    'server_only:refund, property:plan',
  ])
  expect(await counts()).toEqual({ server_only: 1, 'property:plan': 1 })
})

test('a filtered beacon names only why it was filtered', async () => {
  const response = await exports.default.fetch('https://stats.example/v1/e', {
    method: 'POST',
    headers: { 'user-agent': 'curl/8.5.0' },
    body: JSON.stringify({ v: 1, s: site.domain, n: Date.now(), e: [event('signed', { plan: [] })] }),
  })
  expect(response.headers.get('x-footfall-dropped')).toBe('bot')
  expect(await counts()).toEqual({ bot: 1 })
})

test('names beyond 10 of a request and 50 of a day count as one', async () => {
  for (let call = 0; call < 7; call++) await beacon(event('signed', many(62, `${call}/`)))
  const { 'property:(other)': other, ...named } = await counts()
  expect(Object.keys(named)).toHaveLength(50)
  expect(other).toBe(7 * 12 - 50)
  // A name that was stored before still has its own count.
  await beacon(event('signed', { ...many(50), '0/50': 1 }))
  expect((await counts())['property:0%2F50']).toBe(2)
})

test('an answer has at most 1,000 warnings', async () => {
  const events = Array.from({ length: 30 }, () => ({ name: 'signed', visitor_id: 'v', ...many(90) }))
  const { accepted, warnings } = await post(site, events)
  expect([accepted, warnings?.length]).toEqual([30, 1_000])
})

test('its events do not count as rejected', async () => {
  await beacon(event('signed', { plan: [] }))
  const { rows } = await query(site, { metrics: ['events'], period: 'today', explain: true })
  expect(rows[0]?.metrics.events).toMatchObject({ value: 1, explanation: { left_out: { refused: 0 } } })
})

test('an invalid property changes nothing else of any event', async () => {
  const [config] = (await listSites(d1(env.DB))).filter(({ domain }) => domain === site.domain)
  if (!config) throw new Error('The site is there.')
  const goods = { transaction_id: 'T', currency: 'SEK', value: '40.00', items: [{ item_id: 'A', price: 20 }] }
  const valid = {
    ...goods,
    feature: 'export',
    guide_id: 'welcome',
    step: 1,
    kind: 'nps',
    score: 9,
    user_id: 'u',
    plan: 'pro',
  }
  const junk = fc.oneof(fc.constantFrom([], {}, 'x'.repeat(1_001), 'a\u0000'), fc.array(fc.jsonValue()), fc.object())
  const names = fc
    .string({ minLength: 1, maxLength: 20 })
    .filter(
      name =>
        !(name in valid) &&
        !/^(interactive|tax|shipping|price|quantity|interval|status|properties|visitor_id|name|(subscription|survey)_id)$/.test(
          name,
        ),
    )
  const property = fc.property(fc.constantFrom(...EVENTS), names, junk, ({ name }, odd, value) => {
    const sent = { name, time: 1_770_000_000_000, ...valid }
    const { omitted, ...stored } = parseEvent({ ...sent, properties: { [odd]: value } }, config, Date.now())
    expect([...omitted.keys()]).toEqual([odd])
    expect({ ...stored, omitted: new Map() }).toEqual(parseEvent(sent, config, Date.now()))
  })
  fc.assert(property, { seed: env.TEST_SEED })
})
