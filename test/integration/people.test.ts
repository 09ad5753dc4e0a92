import { env, exports } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { Question } from '../../shared/question'
import { METRICS } from '../../worker/metrics/definitions'
import { addDays } from '../oracle/calendar'
import type { RawEvent } from '../oracle/event'
import { identify } from '../oracle/identity'
import { happen, plan, type Scenario, sentIn } from '../oracle/scenario'
import { browser, send } from './beacons'
import { clockByHand } from './clockByHand'
import { importRows, withSite } from './delivery'
import { runs } from './runs'
import { createSite, post, query, settle, type TestSite } from './setup'
import { storeOf } from './store'

const RUNS = runs(25)
const HOUR = 3_600_000

clockByHand(Date.UTC(2026, 0, 1))

const call = async (method: 'GET' | 'DELETE', { domain }: TestSite, user: string, suffix = '') => {
  const path = `/api/v1/sites/${domain}/users/${encodeURIComponent(user)}${suffix}`
  const headers = { authorization: `Bearer ${env.ADMIN_TOKEN}` }
  const response = await exports.default.fetch(`https://stats.example${path}`, { method, headers })
  expect(response.status).toBe(200)
  return response.json<Record<string, unknown[]> & { removed: Record<string, number> }>()
}

const remove = (site: TestSite, user: string) => call('DELETE', site, user)
const exported = (site: TestSite, user: string) => call('GET', site, user, '/export')

/** Every table with data about persons. */
const VISITORS = {
  views: ['visitor', 'previous'],
  reaches: ['visitor'],
  events: ['visitor', 'previous'],
  purchases: ['visitor'],
  event_ids: ['visitor'],
  identities: ['visitor', 'user'],
  visits: ['visitor', 'next'],
  dirty: ['visitor'],
}

const visitorsIn = async (site: TestSite): Promise<Set<number>> => {
  const db = await storeOf(site)
  const results = await db.batch<{ who: number | null }>(
    Object.entries(VISITORS).flatMap(([table, columns]) =>
      columns.map(column =>
        db
          .prepare(`select ${column} as who from ${table} where site = (select id from sites where domain = ?1)`)
          .bind(site.domain),
      ),
    ),
  )
  return new Set(results.flatMap(({ results }) => results.flatMap(({ who }) => who ?? [])))
}

const asked = (firstDay: string): Omit<Question, 'site'>[] => [
  { metrics: METRICS.map(({ id }) => id), period: '30d', granularity: 'day' },
  { metrics: ['sessions', 'bounce_rate', 'visitors'], period: '30d', dimensions: ['entry_page', 'country'] },
  { metrics: ['pageviews', 'revenue'], period: { from: addDays(firstDay, -1), to: addDays(firstDay, 12) } },
]

const answers = async (site: TestSite, firstDay: string): Promise<string[]> => {
  const all: string[] = []
  for (const one of asked(firstDay)) for (const row of (await query(site, one)).rows) all.push(JSON.stringify(row))
  return all
}

/** Sends a scenario or a part of it; returns true if everything was accepted. */
const deliverPart = async (site: TestSite, scenario: Scenario, of: (event: RawEvent) => boolean): Promise<boolean> => {
  let accepted = true
  for (const { at, events, format, settle: settles } of scenario.deliveries) {
    vi.setSystemTime(at)
    const some = events.filter(of)
    if (some.length > 0) accepted &&= (await post(site, some, format)).refused.length === 0
    if (settles) await settle()
  }
  vi.setSystemTime(scenario.now)
  await importRows(site, scenario.imports)
  return accepted
}

/** Events with one id belong to one person: an event that supersedes another's is erased with it. */
const withOwnIds = (
  scenario: Scenario,
): { scenario: Scenario; isOf: (user: string) => (event: RawEvent) => boolean } => {
  const personOf = identify(sentIn(scenario))
  const persons = new Map<RawEvent, string>()
  const renamed = (event: RawEvent): RawEvent => {
    const person = personOf(event)
    const one = event.id === undefined ? event : { ...event, id: `${event.id} ${person}` }
    persons.set(one, person)
    return one
  }
  const deliveries = scenario.deliveries.map(delivery => ({ ...delivery, events: delivery.events.map(renamed) }))
  return { scenario: { ...scenario, deliveries }, isOf: user => event => persons.get(event) === `user ${user}` }
}

test('after an erasure every answer is that of a site without the person', async () => {
  let removed = 0
  const property = fc.asyncProperty(plan, fc.nat(), async (plan, pick) => {
    const { scenario, isOf } = withOwnIds(happen(plan, Date.now()))
    const users = [...new Set(sentIn(scenario).flatMap(({ user_id }) => user_id ?? []))].sort()
    const user = users[pick % users.length]
    fc.pre(user !== undefined)
    const isTheirs = isOf(user ?? '')
    const without: string[] = []
    let same = true
    await withSite(scenario, async site => {
      same = await deliverPart(site, scenario, event => !isTheirs(event))
      without.push(...(await answers(site, scenario.firstDay)))
    })
    // A refund can exceed what is left of its order.
    fc.pre(same)
    vi.setSystemTime(scenario.now + HOUR)
    const again = { ...scenario, founded: scenario.founded, now: scenario.now }
    await withSite(again, async site => {
      await deliverPart(site, again, () => true)
      const { user: number, visitors } = await exported(site, user ?? '')
      await remove(site, user ?? '')
      removed += 1
      expect(await answers(site, scenario.firstDay)).toEqual(without)
      const numbers = await visitorsIn(site)
      expect(numbers.has(Number(number))).toBe(false)
      expect(visitors).toBeDefined()
      await settle()
      expect(await answers(site, scenario.firstDay)).toEqual(without)
      expect(await exported(site, user ?? '')).toEqual({
        user_id: user,
        user: number,
        visitors: [],
        page_views: [],
        events: [],
        purchases: [],
        event_ids: [],
        visits: [],
      })
    })
  })
  await fc.assert(property, {
    numRuns: RUNS,
    seed: env.TEST_SEED,
    interruptAfterTimeLimit: 150_000,
    markInterruptAsFailure: true,
  })
  expect(removed).toBeGreaterThan(RUNS / 2)
}, 180_000)

const at = (text: string): number => {
  const time = Date.parse(text)
  vi.setSystemTime(time)
  return time
}

const values = async (site: TestSite, metrics: string[]): Promise<(number | null)[][]> =>
  (await query(site, { metrics, period: 'all', granularity: 'day' })).rows.map(({ metrics }) =>
    Object.values(metrics).map(({ value }) => value),
  )

const ofUser = (site: TestSite) => ({ u: `https://${site.domain}/account`, k: 'identify', o: { user_id: 'u1' } })

test.each([
  ['final', true],
  ['not final', false],
])('anonymous activity around midnight stays anonymous in a browser that identified its user: %s', async (_, cron) => {
  const step = async (text: string, record: object) => {
    at(text)
    await send(site, browser(1), { t: Date.now(), ...record })
    if (cron) await settle()
  }
  at('2053-03-09T12:00:00Z')
  const site = await createSite()
  await step('2053-03-09T23:50:00Z', { i: 1 })
  await step('2053-03-10T00:10:00Z', { i: 2 })
  await step('2053-03-10T00:11:00Z', { i: 3, ...ofUser(site) })
  await step('2053-03-10T23:55:00Z', { i: 4 })
  await step('2053-03-11T00:15:00Z', { i: 5 })
  at('2053-03-11T12:00:00Z')
  if (cron) await settle()
  expect(await values(site, ['visitors', 'sessions', 'pageviews'])).toEqual([
    [1, 1, 1],
    [1, 1, 2],
    [1, 0, 1],
  ])
  await remove(site, 'u1')
  const alone = [
    [1, 1, 1],
    [0, 0, 0],
    [1, 1, 1],
  ]
  expect(await values(site, ['visitors', 'sessions', 'pageviews'])).toEqual(alone)
  await settle()
  expect(await values(site, ['visitors', 'sessions', 'pageviews'])).toEqual(alone)
  const db = await storeOf(site)
  const previous = await db
    .prepare(
      'select count(*) as n from views where previous is not null and site = (select id from sites where domain = ?1)',
    )
    .bind(site.domain)
    .first()
  expect(previous).toEqual({ n: 0 })
})

test("erasing one of two users of a device leaves the other's data", async () => {
  at('2053-05-01T12:00:00Z')
  const site = await createSite()
  const day = '2053-04-10T'
  const view = (time: string, more: object) => ({
    name: 'page_view',
    time: `${day}${time}Z`,
    visitor_id: 'shared',
    ...more,
  })
  await post(site, [
    view('08:00:00', {}),
    view('09:00:00', { user_id: 'ada' }),
    view('10:00:00', {}),
    view('11:00:00', { user_id: 'bo' }),
    view('12:00:00', {}),
  ])
  await settle()
  expect((await remove(site, 'ada')).removed).toEqual({ page_views: 3, events: 0, purchases: 0 })
  const rest = await exported(site, 'bo')
  expect(rest.page_views?.map(row => (row as { time: string }).time)).toEqual([
    '2053-04-10T11:00:00.000Z',
    '2053-04-10T12:00:00.000Z',
  ])
  const totals = await query(site, { metrics: ['visitors', 'pageviews', 'sessions'], period: 'all' })
  expect(Object.values(totals.rows[0]?.metrics ?? {}).map(({ value }) => value)).toEqual([1, 2, 2])
})

test('an order that another visitor sent too becomes theirs', async () => {
  at('2053-06-01T12:00:00Z')
  const site = await createSite({ currency: 'EUR' })
  const order = { name: 'purchase', transaction_id: 'T1' }
  await post(site, [
    { ...order, time: '2053-05-10T10:00:00Z', user_id: 'ada', value: 10 },
    { ...order, time: '2053-05-11T10:00:00Z', user_id: 'bo', value: 20 },
  ])
  await settle()
  await remove(site, 'ada')
  const { rows } = await query(site, { metrics: ['orders', 'revenue', 'sessions', 'visitors'], period: 'all' })
  expect(Object.values(rows[0]?.metrics ?? {}).map(({ value }) => value)).toEqual([1, 20, 1, 1])
})

test('an export holds all data in words, and the id is stored nowhere', async () => {
  at('2053-07-01T12:00:00Z')
  const site = await createSite({ currency: 'EUR' })
  const user = 'ada/42?&é'
  const page = `https://${site.domain}/account`
  const context = { user_id: user, url: page, referrer: 'https://www.bing.com/', country: 'SE', city: 'Malmö' }
  await post(site, [
    { ...context, id: 'one', visitor_id: 'v1', name: 'page_view', time: '2053-06-10T10:00:00Z', engaged_seconds: 12.5 },
    { ...context, name: 'booked', time: '2053-06-10T10:01:00Z', properties: { plan: 'pro' } },
    {
      ...context,
      name: 'purchase',
      time: '2053-06-10T10:02:00Z',
      transaction_id: 'T9',
      value: 40,
      items: [{ item_id: 'A' }],
    },
  ])
  await settle()
  const where = { hostname: site.domain, path: '/account', channel: 'Organic search', country: 'SE', city: 'Malmö' }
  const answer = await exported(site, user)
  expect(answer).toMatchObject({
    user_id: user,
    visitors: [{ since: '2053-06-10T10:00:00.000Z' }],
    page_views: [{ time: '2053-06-10T10:00:00.000Z', ...where, visible_seconds: 12.5 }],
    events: [
      { name: 'booked', ...where, properties: { plan: 'pro' } },
      { name: 'purchase', ...where, currency: 'EUR', value: 40, transaction_id: 'T9', items: [{ item_id: 'A' }] },
    ],
    purchases: [{ transaction_id: 'T9', ...where, value: 40 }],
    event_ids: [{ time: '2053-06-10T10:00:00.000Z', sent_visitor_id: 'v1' }],
    visits: [{ time: '2053-06-10T10:00:00.000Z', seconds: 120, page_views: 1, other_activity: 2 }],
  })
  for (const table of Object.keys(VISITORS)) {
    const { results } = await (await storeOf(site)).prepare(`select * from ${table}`).all()
    expect(JSON.stringify(results)).not.toContain('ada/42')
  }
  expect((await remove(site, user)).removed).toEqual({ page_views: 1, events: 2, purchases: 1 })
  expect((await remove(site, user)).removed).toEqual({ page_views: 0, events: 0, purchases: 0 })
})
