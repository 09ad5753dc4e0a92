import { env, exports } from 'cloudflare:workers'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Answer, MetricValue, Question } from '../../shared/question'
import { answerAll } from '../../worker/api/answer'
import { dayOf, formatDay, startOfDay } from '../../worker/calendar'
import { planOf } from '../../worker/metrics/question'
import { removePerson } from '../../worker/people/remove'
import { keepRunning } from '../../worker/rollup/keepRunning'
import { retain } from '../../worker/rollup/retain'
import { rollUp } from '../../worker/rollup/rollup'
import { settle } from '../../worker/settle/settle'
import { listSites, type Site } from '../../worker/store/sites'
import { backup, restore } from './backups'
import { clockByHand } from './clockByHand'
import { FAULTS, type Fault, faultyDatabase } from './faultyDatabase'
import { createSite, deleteSite, post, type TestSite } from './setup'

const TIMEOUT = 240_000
const HOUR = 3_600_000
const DAY = 24 * HOUR
const ZONE = 'Europe/Stockholm'
const NOW = Date.parse('2026-03-10T12:00:00Z')
/** A month before. */
const FIRST_KEPT = '2026-02-10'
const GONE = expect.stringContaining(`Facts before ${FIRST_KEPT} were removed, as this site keeps them for 1 month;`)

clockByHand()
beforeEach(() => {
  vi.setSystemTime(NOW)
})

/** Read anew, as the cron does. */
const siteOf = async ({ domain }: TestSite): Promise<Site> => {
  const site = (await listSites(env.DB)).find(one => one.domain === domain)
  if (!site) throw new Error(`${domain} is not there`)
  return site
}

/** What the cron does for one site. */
const cron = async (site: TestSite, db = env.DB): Promise<void> => {
  const found = await siteOf(site)
  const changes = await settle(db, found.id, Date.now())
  await rollUp(db, found, Date.now())
  await retain(db, found, Date.now())
  await keepRunning(db, found, Date.now(), changes, 0)
}

const patch = async ({ domain }: TestSite, body: unknown): Promise<void> => {
  const response = await exports.default.fetch(`https://stats.example/api/v1/sites/${domain}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${env.ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect([response.status, await response.text()]).toEqual([200, expect.any(String)])
}

const keepFor = (site: TestSite, months: number | null) => patch(site, { settings: { retention_months: months } })

let events = 0
const event = (visitor: string, time: string | number, more: object = {}): object => ({
  id: `e${++events}`,
  name: 'page_view',
  time,
  visitor_id: visitor,
  url: 'https://shop.example/',
  engaged_seconds: 12,
  ...more,
})

/** Some days before and after the first that is kept, people who come back and people of a day. */
const story = (): object[] => [
  ...Array.from({ length: 50 }, (_, n) => event(`v${n % 7}`, NOW - 50 * DAY + n * 23 * HOUR)),
  ...Array.from({ length: 20 }, (_, n) =>
    event('', NOW - 45 * DAY + n * 50 * HOUR, {
      visitor_id: undefined,
      ip: `203.0.113.${n % 3}`,
      user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      url: `https://shop.example/p${n % 2}`,
    }),
  ),
  ...[48, 40, 20, 3].map((days, n) =>
    event(`v${n}`, NOW - days * DAY, { name: 'purchase', transaction_id: `T${days}`, value: 10 }),
  ),
]

/** Told and rolled up, all facts kept. */
const told = async (told: readonly object[] = story()): Promise<TestSite> => {
  const site = await createSite({ timezone: ZONE, currency: 'EUR' })
  const { refused } = await post(site, told)
  expect(refused).toEqual([])
  await cron(site)
  return site
}

const ask = async (site: TestSite, question: Omit<Question, 'site'>): Promise<Answer> => {
  const plan = planOf({ ...question, site: site.domain })
  const [answer] = await answerAll(env.DB, await siteOf(site), [plan], Date.now())
  if (!answer) throw new Error('there is no answer')
  return answer
}

const valuesOf = async (site: TestSite, question: Omit<Question, 'site'>) =>
  (await ask(site, question)).rows.map(({ metrics, ...row }) => ({
    ...row,
    metrics: Object.fromEntries(Object.entries(metrics).map(([id, { value }]) => [id, value])),
  }))

const countOf = async (site: TestSite, table: string, condition = '1'): Promise<number> => {
  const { id } = await siteOf(site)
  const sql = `select count(*) as n from ${table} where site = ?1 and ${condition}`
  return Number(await env.DB.prepare(sql).bind(id).first('n'))
}

/** Of every table with facts: those before a time, and those from then on. */
const factsAround = async (site: TestSite, time: number): Promise<readonly [before: number[], from: number[]]> => {
  const at = 'hour * 3600000 + at'
  const times = { views: at, events: at, visits: at, purchases: 'time', event_ids: 'time', reaches: 'hour * 3600000' }
  const counts = (sign: string) =>
    Promise.all(Object.entries(times).map(([table, column]) => countOf(site, table, `${column} ${sign} ${time}`)))
  return [await counts('<'), await counts('>=')]
}

const SUMMED = ['visitors', 'sessions', 'pageviews', 'pages_per_session', 'bounce_rate', 'conversion_rate']
/** Ratios of means are not kept by dimensions. */
const SUMMED_BY = SUMMED.filter(id => id !== 'pages_per_session')
const OF_FACTS = ['revenue', 'orders', 'new_customers', 'new_visitors', 'stickiness', 'retention_rate']
const OVER_BOTH = { from: '2026-01-15', to: '2026-03-09' }
const GONE_DAYS = { from: '2026-01-15', to: '2026-02-09' }
const KEPT_DAYS = { from: FIRST_KEPT, to: '2026-03-10' }

const SUMMED_QUESTIONS: readonly Omit<Question, 'site'>[] = [
  { metrics: SUMMED, period: OVER_BOTH },
  { metrics: SUMMED, period: GONE_DAYS },
  { metrics: SUMMED, period: OVER_BOTH, granularity: 'day' },
  { metrics: SUMMED_BY, period: OVER_BOTH, granularity: 'month', dimensions: ['channel'] },
  { metrics: SUMMED, period: { from: '2026-02-20', to: '2026-03-09' }, compare: 'previous_period' },
  { metrics: ['pageviews', 'sessions'], period: OVER_BOTH, dimensions: ['page'] },
  { metrics: SUMMED, period: 'all' },
  { metrics: [...SUMMED, 'revenue', 'orders', 'scroll_depth'], period: KEPT_DAYS, granularity: 'day' },
  { metrics: [...SUMMED, 'revenue'], period: KEPT_DAYS, filters: [['is', 'channel', ['Direct']]] },
]

test('facts go when their time has come, and what days add up to stays', { timeout: TIMEOUT }, async () => {
  const site = await told()
  const end = startOfDay(dayOf(Date.parse(`${FIRST_KEPT}T12:00:00Z`), ZONE), ZONE) - 48 * HOUR
  const answers = () => Promise.all(SUMMED_QUESTIONS.map(question => valuesOf(site, question)))
  const before = await answers()
  const [old, kept] = await factsAround(site, end)
  expect(old.slice(0, 5).every(count => count > 0)).toBe(true)
  await cron(site)
  expect(await factsAround(site, end)).toEqual([old, kept])
  await keepFor(site, 1)
  await cron(site)
  expect(await factsAround(site, end)).toEqual([[0, 0, 0, 0, 0, 0], kept])
  expect(formatDay((await siteOf(site)).keptDay)).toBe(FIRST_KEPT)
  for (const [index, rows] of (await answers()).entries()) expect([index, rows]).toEqual([index, before[index]])
})

/** Metrics of the one row of an answer. */
const only = ({ rows }: Answer): Record<string, MetricValue> => {
  expect(rows.length).toBe(1)
  return rows[0]?.metrics ?? {}
}

test('what would need facts that are gone says so', { timeout: TIMEOUT }, async () => {
  const site = await told()
  await keepFor(site, 1)
  await cron(site)
  const gone = { value: null, status: 'needs_input', reason: GONE }
  const over = only(await ask(site, { metrics: [...OF_FACTS, 'visitors'], period: OVER_BOTH }))
  for (const id of OF_FACTS) expect([id, over[id]]).toEqual([id, expect.objectContaining(gone)])
  expect(over.visitors).toMatchObject({ status: expect.not.stringMatching('needs_input') })

  for (const question of [
    { granularity: 'hour' },
    { filters: [['is', 'channel', ['Direct']]] },
    { dimensions: ['language'] },
  ] as const) {
    const period = { from: '2026-02-09', to: '2026-02-11' }
    const answer = await ask(site, { metrics: ['visitors'], period, ...question } as Omit<Question, 'site'>)
    const values = answer.rows.map(({ metrics }) => metrics.visitors)
    expect(values).toEqual(values.map(() => expect.objectContaining(gone)))
    if ('dimensions' in question) expect(answer.meta.warnings).toEqual([GONE])
  }

  // A later period is told, and what it is compared with is not.
  const later = { from: '2026-02-20', to: '2026-03-09' }
  const { rows, meta } = await ask(site, { metrics: ['orders'], period: later, compare: 'previous_period' })
  expect(rows[0]?.metrics.orders).toMatchObject({ value: 1, previous: null })
  expect(meta.warnings).toEqual([GONE])
  // What looks back is told from what there is, and says so.
  const lookingBack = ['new_customers', 'new_visitors', 'cart_recovery_rate']
  const answer = await ask(site, { metrics: ['orders', 'visitors', ...lookingBack], period: later })
  expect(answer.meta.warnings).toEqual([
    `${lookingBack.join(', ')}: What was before ${FIRST_KEPT} is not known, as its facts were removed.`,
  ])
  // The 30 days that end with the first one reach back.
  const windowed = (from: string) =>
    ask(site, { metrics: ['mau'], period: { from, to: '2026-03-09' }, granularity: 'day' })
  expect((await windowed('2026-02-20')).rows[0]?.metrics.mau).toMatchObject(gone)
  // Those that end with a long period do not.
  const ending = (period: Question['period']) => valuesOf(site, { metrics: ['wau', 'mau'], ...(period && { period }) })
  const last = { from: '2026-03-10', to: '2026-03-10' }
  const whole = { from: '2026-01-15', to: '2026-03-10' }
  vi.setSystemTime(Date.parse('2026-03-12T12:00:00Z'))
  for (const to of ['2026-03-11', '2026-03-12'])
    expect(await ending({ ...whole, to })).toEqual(await ending({ ...last, to }))
  expect((await ending({ ...whole, to: '2026-03-12' }))[0]?.metrics.mau).toBeGreaterThan(0)
})

test('what lost to an order that is gone is no order, sent again or restored', { timeout: TIMEOUT }, async () => {
  const purchase = (visitor: string, days: number) => ({
    ...event(visitor, NOW - days * DAY, { name: 'purchase', transaction_id: 'TWICE', value: 10 }),
    id: `twice${days}`,
  })
  const again = purchase('v2', 10)
  const site = await told([purchase('v1', 48), again, ...story()])
  const question: Omit<Question, 'site'> = {
    metrics: ['orders', 'revenue', 'events', 'conversions'],
    period: KEPT_DAYS,
  }
  const before = await valuesOf(site, question)
  await keepFor(site, 1)
  await cron(site)
  expect(await countOf(site, 'purchases', "transaction_id = 'TWICE' and amounts = '[]'")).toBe(1)
  const same = async () => {
    expect(await valuesOf(site, question)).toEqual(before)
    await cron(site)
    expect(await valuesOf(site, question)).toEqual(before)
  }
  await same()
  expect(await post(site, [again])).toMatchObject({ accepted: 0, duplicates: 1 })
  await same()
  expect(await post(site, [{ ...again, id: 'thrice' }])).toMatchObject({ accepted: 0, duplicates: 1 })
  await same()
  const parts = await backup(site)
  await deleteSite(site)
  await restore(site, parts)
  await same()
  // It goes with the last that repeats it.
  vi.setSystemTime(NOW + 40 * DAY)
  await cron(site)
  expect(await countOf(site, 'purchases', "transaction_id = 'TWICE'")).toBe(0)
})

test('a site that does not ask for it loses nothing', { timeout: TIMEOUT }, async () => {
  const site = await told()
  const [, facts] = await factsAround(site, 0)
  vi.setSystemTime(NOW + 800 * DAY)
  await cron(site)
  expect(await factsAround(site, 0)).toEqual([[0, 0, 0, 0, 0, 0], facts])
})

test('so does one on which nothing happened since lose the last of its facts', { timeout: TIMEOUT }, async () => {
  const site = await told([event('v', '2026-01-20T10:00:00Z'), event('v', '2026-01-20T23:30:00Z')])
  const question = { metrics: SUMMED, period: 'all' } as const
  const { rows } = await ask(site, question)
  await keepFor(site, 1)
  await cron(site)
  expect((await factsAround(site, NOW)).flat().every(count => count === 0)).toBe(true)
  const after = await ask(site, question)
  expect([after.query.period, after.rows]).toEqual([{ from: '2026-01-20', to: '2026-03-10' }, rows])
})

test('what is kept stays through new settings and a new time zone, and takes no late event', {
  timeout: TIMEOUT,
}, async () => {
  const site = await told()
  const question = { metrics: ['visitors', 'sessions', 'pageviews'], period: { from: '2026-01-10', to: '2026-03-10' } }
  await keepFor(site, 1)
  await cron(site)
  const before = await valuesOf(site, question)
  const { keptFrom } = await siteOf(site)

  const late = [event('late', keptFrom - 1), event('late', keptFrom - 20 * DAY)]
  vi.setSystemTime(NOW + 11_000)
  expect((await post(site, late)).refused).toEqual([
    { index: 0, code: 'too_old', message: expect.stringContaining(FIRST_KEPT) },
    { index: 1, code: 'too_old', message: expect.stringContaining(FIRST_KEPT) },
  ])
  await cron(site)
  expect(await valuesOf(site, question)).toEqual(before)

  await patch(site, { settings: { conversions: [{ page: '/p1' }] } })
  await cron(site)
  expect(await valuesOf(site, question)).toEqual(before)
  const conversions = only(await ask(site, { ...question, metrics: ['conversion_rate'] })).conversion_rate
  expect(conversions).toMatchObject({ value: null, status: 'needs_input', reason: GONE })

  await patch(site, { timezone: 'Asia/Tokyo' })
  expect(await valuesOf(site, question)).toEqual(before)
  await cron(site)
  expect(await valuesOf(site, question)).toEqual(before)
  // Later days go with the time zone they have now.
  vi.setSystemTime(NOW + 5 * DAY)
  await cron(site)
  expect((await siteOf(site)).keptFrom).toBe(Date.parse('2026-02-14T15:00:00Z'))
  expect(await valuesOf(site, question)).toEqual(before)
  // Longer again: what is gone is gone, and nothing more goes.
  await keepFor(site, null)
  vi.setSystemTime(NOW + 50 * DAY)
  await cron(site)
  expect((await siteOf(site)).keptFrom).toBe(Date.parse('2026-02-14T15:00:00Z'))
  expect(await valuesOf(site, question)).toEqual(before)
})

test('a day is summed up for good when nothing of it is on its way', { timeout: TIMEOUT }, async () => {
  const site = await told()
  await keepFor(site, 1)
  const found = await siteOf(site)
  const kept = async () => {
    await retain(env.DB, found, NOW)
    return (await siteOf(site)).keptFrom
  }
  await post(site, [event('late', '2026-02-05T10:00:00Z')])
  expect(['marked', await kept()]).toEqual(['marked', 0])
  await settle(env.DB, found.id, NOW)
  expect(['to be rolled up again', await kept()]).toEqual(['to be rolled up again', 0])
  await rollUp(env.DB, found, NOW)
  const question = { metrics: ['pageviews'], period: { from: '2026-02-05', to: '2026-02-05' } }
  const before = await valuesOf(site, question)
  expect(await kept()).toBe(Date.parse('2026-02-09T23:00:00Z'))
  expect(await countOf(site, 'views', `hour * 3600000 < ${Date.parse('2026-02-07')}`)).toBe(0)
  expect(await valuesOf(site, question)).toEqual(before)
})

test('a session that began before the first kept day is derived whole', { timeout: TIMEOUT }, async () => {
  const around = (name: string) => [
    event('w', '2026-01-20T10:00:00Z'),
    // Midnight in Stockholm is 23:00 UTC.
    ...[-40, -20, -5, 10, 30].map(minutes =>
      event(name, Date.parse('2026-02-09T23:00:00Z') + minutes * 60_000, {
        url: `https://shop.example/${minutes + 40}`,
      }),
    ),
    event(name, '2026-02-11T10:00:00Z'),
  ]
  const sites = [await told(around('x')), await told(around('x'))] as const
  await keepFor(sites[0], 1)
  await cron(sites[0])
  expect((await siteOf(sites[0])).keptFrom).toBe(Date.parse('2026-02-09T23:00:00Z'))
  expect(await countOf(sites[0], 'views')).toBe(6)
  const metrics = ['visitors', 'sessions', 'pageviews', 'bounce_rate', 'session_duration', 'pages_per_session']
  const expectTwins = async () => {
    for (const question of [
      { metrics, period: KEPT_DAYS, granularity: 'day' },
      { metrics, period: KEPT_DAYS, dimensions: ['entry_page'] },
      { metrics: ['pageviews', 'sessions'], period: KEPT_DAYS, dimensions: ['page'] },
    ] as const) {
      const [one, other] = await Promise.all(
        sites.map(site => valuesOf(site, question as unknown as Omit<Question, 'site'>)),
      )
      expect(one).toEqual(other)
    }
  }
  await expectTwins()
  // Something late for the same session, then who it was: each has the session derived anew, and the day rolled up.
  for (const late of [
    event('x', '2026-02-09T23:45:00Z', { url: 'https://shop.example/late' }),
    event('x', '2026-03-10T11:00:00Z', { name: 'identify', user_id: 'u' }),
  ]) {
    for (const site of sites) {
      expect((await post(site, [late])).refused).toEqual([])
      await cron(site)
    }
    await expectTwins()
  }
  for (const site of sites) {
    await patch(site, { settings: { conversions: [{ page: '/50' }] } })
    await cron(site)
  }
  await expectTwins()
})

test('a removed person is in no sums either', { timeout: TIMEOUT }, async () => {
  const site = await told([
    event('phone', '2026-01-20T10:00:00Z'),
    event('laptop', '2026-01-21T10:00:00Z', { user_id: 'ada' }),
    event('other', '2026-01-21T11:00:00Z'),
  ])
  await keepFor(site, 1)
  await cron(site)
  // Who had the phone is told when the day's facts are gone.
  await post(site, [event('phone', '2026-03-09T10:00:00Z', { user_id: 'ada' })])
  await cron(site)
  const question = { metrics: ['visitors', 'pageviews'], period: GONE_DAYS }
  expect((await valuesOf(site, question))[0]?.metrics).toEqual({ visitors: 3, pageviews: 3 })
  const { id } = await siteOf(site)
  const { results } = await env.DB.prepare('select visitor, user from identities where site = ?1')
    .bind(id)
    .all<{ visitor: number; user: number }>()
  const theirs = [...new Set(results.flatMap(({ visitor, user }) => [visitor, user]))]
  const rowsWithThem = () =>
    Promise.all(theirs.map(number => countOf(site, 'sums', `day < 20494 and instr(cells, '${number}') > 0`)))
  expect((await rowsWithThem()).reduce((sum, count) => sum + count)).toBeGreaterThan(10)
  await removePerson(env.DB, await siteOf(site), 'ada', Date.now())
  expect(await rowsWithThem()).toEqual(theirs.map(() => 0))
  // What the days add up to beside the people stays.
  expect((await valuesOf(site, question))[0]?.metrics).toEqual({ visitors: 1, pageviews: 3 })
})

/** Rows of each table that may differ when something was lost. */
const state = async (site: TestSite): Promise<unknown> => [
  await factsAround(site, NOW),
  await countOf(site, 'sums'),
  (await siteOf(site)).keptFrom,
  await valuesOf(site, { metrics: SUMMED, period: OVER_BOTH, granularity: 'day' }),
]

test.each([
  ['a call fails', FAULTS.overloaded],
  ['a call is done and its answer lost', FAULTS.unknown],
  ['the Worker is cut off after a call', 'cut'],
] as const)('nothing is lost or left when %s', { timeout: TIMEOUT }, async (_name, hit: Fault | 'cut') => {
  const live = async (at: number | null) => {
    const site = await told(
      [1, 2, 3].flatMap(day => [event('v', NOW - (27 + day) * DAY), event('w', NOW - 30 * day * DAY)]),
    )
    await keepFor(site, 1)
    const database = faultyDatabase(env.DB, at === null ? null : { at, hit })
    const found = await siteOf(site)
    await retain(database.db, found, NOW).catch(() => {})
    database.revive()
    await cron(site)
    const result = { state: await state(site), calls: database.calls }
    await deleteSite(site)
    return result
  }
  const calm = await live(null)
  expect(calm.calls.length).toBeGreaterThan(5)
  for (const at of calm.calls) expect([at, (await live(at)).state]).toEqual([at, calm.state])
})
