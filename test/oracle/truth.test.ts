import { describe, expect, it } from 'vitest'
import type { MetricValue, Parameters, Row } from '../../shared/question.ts'
import { compare } from './compare.ts'
import type { RawEvent, TruthSite } from './event.ts'
import { worldOf } from './facts.ts'
import type { MetricId } from './metrics.ts'
import { publishedEvents, READERS, SHOP } from './published.ts'
import { ask, askDropoff, type TruthQuestion } from './truth.ts'

const UTC: TruthSite = { timezone: 'UTC', currency: 'EUR' }
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOON = Date.UTC(2026, 0, 31, 12)
const LATER = Date.UTC(2026, 11, 1)
const YEAR = { from: '2026-01-01', to: '2026-12-31' }

const at = (time: number, event: Partial<RawEvent> = {}): RawEvent => ({
  name: 'page_view',
  visitor_id: 'v',
  time,
  ...event,
})

const one = (events: readonly RawEvent[], metric: MetricId, parameters: Parameters = {}, now = LATER, site = UTC) =>
  ask(worldOf(events, site), now, { metrics: [metric], period: YEAR, parameters: { [metric]: parameters } })[0]
    ?.metrics[metric]

const value = (events: readonly RawEvent[], metric: MetricId, parameters: Parameters = {}) =>
  one(events, metric, parameters)?.value

describe('an event', () => {
  it('is the earliest with its id, then the smallest visitor id', () => {
    const events = [
      at(NOON + 1, { id: 'a', visitor_id: 'x' }),
      at(NOON, { id: 'a', visitor_id: 'z', url: 'https://a.example/z' }),
      at(NOON, { id: 'a', visitor_id: 'y', url: 'https://a.example/y' }),
    ]
    expect(value(events, 'visitors')).toBe(1)
    const rows = ask(worldOf(events, UTC), LATER, { metrics: ['pageviews'], period: YEAR, dimensions: ['page'] })
    expect(rows.map(row => row.dimensions.page)).toEqual(['/y'])
  })

  it('is the earliest purchase of a transaction after deduplication by id', () => {
    const events = [
      at(NOON, { id: 'a', name: 'purchase', transaction_id: 'T', value: 1 }),
      at(NOON, { id: 'b', name: 'purchase', transaction_id: 'T', value: 2 }),
      at(NOON - 2, { id: 'c', name: 'purchase', transaction_id: 'T', value: 3 }),
      at(NOON - 9, { id: 'c', name: 'view_item' }),
    ]
    expect(value(events, 'orders')).toBe(1)
    expect(value(events, 'gross_revenue')).toBe(1)
  })

  it('without an id is never a duplicate', () => {
    expect(value([at(NOON), at(NOON)], 'pageviews')).toBe(2)
  })
})

describe('the visitor of an event', () => {
  it('becomes the user it identified as, before and after', () => {
    const events = [
      at(NOON),
      at(NOON + 1, { user_id: 'u' }),
      at(NOON + 2),
      at(NOON + 3, { user_id: 'u', visitor_id: 'w' }),
    ]
    expect(value(events, 'visitors')).toBe(1)
  })

  it('with a shared visitor id is the last user who identified by then', () => {
    const events = [
      at(NOON, { country: 'first' }),
      at(NOON + HOUR, { user_id: 'u1', country: 'u1' }),
      at(NOON + 2 * HOUR, { user_id: 'u2', country: 'u2' }),
      at(NOON + 2 * HOUR + 1, { country: 'after' }),
    ]
    const world = worldOf(events, UTC)
    expect(world.facts.map(({ person }) => person)).toEqual(['user u1', 'user u1', 'user u2', 'user u2'])
  })

  it('differs from a user with the same name', () => {
    expect(value([at(NOON, { visitor_id: 'x' }), { name: 'page_view', time: NOON, user_id: 'x' }], 'visitors')).toBe(2)
  })

  it('does not gain an event by identifying', () => {
    const events = [at(NOON), at(NOON + 1, { name: 'identify', user_id: 'u' })]
    expect([value(events, 'events'), value(events, 'bounces'), value(events, 'visitors')]).toEqual([0, 1, 1])
  })
})

describe('the end of a session', () => {
  it('is a pause of more than 30 minutes after the last activity', () => {
    const read = at(NOON, { engaged_seconds: 60 })
    expect(value([read, at(NOON + 31 * MINUTE)], 'sessions')).toBe(1)
    expect(value([read, at(NOON + 31 * MINUTE + 1)], 'sessions')).toBe(2)
  })

  it('is the first activity 24 hours after it began', () => {
    const chain = Array.from({ length: 49 }, (_, n) => at(NOON + n * 30 * MINUTE))
    expect(value(chain.slice(0, 48), 'sessions')).toBe(1)
    expect(value(chain, 'sessions')).toBe(2)
  })

  it('does not move by passive events, which belong to it for 30 minutes', () => {
    const events = (minutes: number) => [
      at(NOON),
      at(NOON + minutes * MINUTE, { name: 'add_to_cart', interactive: false }),
    ]
    expect([value(events(30), 'carts'), value(events(31), 'carts')]).toEqual([1, 0])
    expect([value(events(30), 'session_duration'), value(events(31), 'sessions')]).toEqual([0, 1])
  })
})

describe('local days', () => {
  const newYork: TruthSite = { timezone: 'America/New_York', currency: 'USD' }
  const rowsOf = (events: readonly RawEvent[], question: Partial<TruthQuestion>, site = newYork) =>
    ask(worldOf(events, site), LATER, { metrics: ['pageviews'], period: YEAR, ...question })

  it('have 23 or 25 hours when the clocks change', () => {
    const hours = (day: string) => rowsOf([], { granularity: 'hour', period: { from: day, to: day } }).length
    expect(['2026-03-08', '2026-03-09', '2026-11-01'].map(hours)).toEqual([23, 24, 25])
  })

  it('hold the events between two midnights of the site', () => {
    const midnight = Date.UTC(2026, 2, 9, 4)
    const rows = rowsOf([at(midnight - 1), at(midnight)], {
      granularity: 'day',
      period: { from: '2026-03-08', to: '2026-03-09' },
    })
    expect(rows.map(row => row.metrics.pageviews?.value)).toEqual([1, 1])
  })

  it('have hours that begin at the half hour in India', () => {
    const [first] = rowsOf(
      [],
      { granularity: 'hour', period: { from: '2026-01-31', to: '2026-01-31' } },
      {
        ...newYork,
        timezone: 'Asia/Kolkata',
      },
    )
    expect(first?.bucket.label).toBe('2026-01-30T18:30:00.000Z')
  })
})

describe('metrics of sessions', () => {
  const cart = (visitor_id: string, time = NOON) => at(time, { name: 'add_to_cart', visitor_id })
  const purchase = (visitor_id: string, time: number) =>
    at(time, { name: 'purchase', visitor_id, transaction_id: `T${time}`, id: `p${time}`, value: 10 })

  it('bounce by three rules', () => {
    const events = [
      at(NOON, { visitor_id: 'a' }),
      at(NOON, { visitor_id: 'b', engaged_seconds: 10 }),
      at(NOON, { visitor_id: 'c' }),
      at(NOON + 1, { visitor_id: 'c', name: 'file_download' }),
      cart('d'),
    ]
    const share = (rule: string) => one(events, 'bounce_rate', { rule })?.numerator
    expect(['single_interaction', 'single_page', 'engaged'].map(share)).toEqual([2, 3, 3])
    expect(one(events, 'engagement_rate')).toMatchObject({ numerator: 1, denominator: 4 })
  })

  it('count the open ones', () => {
    const pending = (now: number) => one([at(NOON)], 'bounce_rate', {}, now)?.pending
    expect([pending(NOON + 30 * MINUTE), pending(NOON + 30 * MINUTE + 1)]).toEqual([1, 0])
  })

  it('abandon carts by session and by visitor', () => {
    const events = [cart('a'), cart('b'), purchase('b', NOON + 5 * HOUR), cart('c'), purchase('c', NOON + 1)]
    expect(one(events, 'cart_abandonment_rate')).toMatchObject({ numerator: 2, denominator: 3 })
    expect(one(events, 'cart_abandonment_rate', { scope: 'visitor' })).toMatchObject({ numerator: 1, denominator: 3 })
  })

  it('are null over nothing and 0 in the middle of nothing', () => {
    expect([value([], 'bounce_rate'), value([], 'sessions'), value([], 'session_duration')]).toEqual([null, 0, null])
    const durations = [0, 10, 30, 90].flatMap((seconds, n) => [at(NOON + n * 2 * HOUR, { engaged_seconds: seconds })])
    expect(value(durations, 'session_duration', { statistic: 'median' })).toBe(20)
  })
})

describe('scroll depth and clicks', () => {
  it('cover the page views and sessions that report them', () => {
    const events = [
      at(NOON, { visitor_id: 'a', scroll_depth: 80, clicks: 3 }),
      at(NOON + 1, { visitor_id: 'a', scroll_depth: 33.4 }),
      at(NOON, { visitor_id: 'b', clicks: 0 }),
      at(NOON, { visitor_id: 'c' }),
    ]
    expect(one(events, 'clicks')).toEqual({ value: 3 })
    expect(one(events, 'clicks_per_session')).toEqual({ value: 1.5, numerator: 3, denominator: 2 })
    expect(one(events, 'scroll_depth')).toMatchObject({ value: 0.565, denominator: 2 })
  })

  it('are unknown if nothing reports them, and 0 clicks without a page view', () => {
    const metrics = ['clicks', 'clicks_per_session', 'scroll_depth'] as const
    for (const metric of metrics) expect(one([at(NOON)], metric)).toEqual({ value: null, status: 'needs_input' })
    expect(metrics.map(metric => value([], metric))).toEqual([0, null, null])
  })
})

describe('money', () => {
  const order = (n: number, more: Partial<RawEvent>) =>
    at(NOON + n, { id: `o${n}`, name: 'purchase', transaction_id: `T${n}`, ...more })
  const refund = (n: number, more: Partial<RawEvent>) =>
    at(NOON + n, { id: `r${n}`, name: 'refund', transaction_id: `T${n}`, ...more })

  it('is the total of the order, else its items; a refund takes its own value, else the order', () => {
    const items = [
      { item_id: 'i', price: 0.1, quantity: 3 },
      { item_id: 'j', price: 1 },
    ]
    const events = [order(1, { items }), order(2, { value: 5, items }), refund(1, {}), refund(2, { value: 2 })]
    expect(value(events, 'gross_revenue')).toBe(6.3)
    expect(value(events, 'refunds')).toBe(3.3)
    expect(value(events, 'revenue')).toBe(3)
    expect(value(events, 'average_order_value')).toBe(3.15)
  })

  it('is reported in one currency', () => {
    const dollars = order(1, { value: 5, currency: 'USD' })
    const crowns = order(2, { value: 7, currency: 'SEK' })
    expect(value([dollars, order(3, { value: 2 })], 'gross_revenue')).toBe(2)
    expect(value([dollars], 'gross_revenue')).toBe(5)
    expect(one([dollars, crowns], 'gross_revenue')).toEqual({ value: null, status: 'needs_input' })
    expect(value([dollars, crowns], 'orders')).toBe(2)
  })
})

describe('metrics of days', () => {
  const on = (day: number, visitor_id: string) => at(NOON + day * 24 * HOUR, { visitor_id })
  const events = [on(0, 'a'), on(1, 'a'), on(1, 'b'), on(2, 'c'), on(3, 'b'), on(7, 'a')]
  const period = { from: '2026-01-31', to: '2026-02-07' }
  const askDays = (metric: MetricId, now: number, parameters: Parameters = {}) =>
    ask(worldOf(events, UTC), now, { metrics: [metric], period, parameters: { [metric]: parameters } })[0]?.metrics[
      metric
    ]

  it('count the days that have begun', () => {
    expect(askDays('dau', LATER)).toMatchObject({ numerator: 6, denominator: 8 })
    expect(askDays('dau', NOON + 24 * HOUR)).toMatchObject({ denominator: 2 })
  })

  it('look back from the last day', () => {
    expect([askDays('wau', LATER)?.value, askDays('mau', LATER)?.value]).toEqual([3, 3])
    expect(value([on(0, 'a')], 'wau')).toBe(0)
  })

  it('follow the people first seen in the period until the end of a past day', () => {
    expect(askDays('retention_rate', LATER, { day: 1 })).toMatchObject({ numerator: 1, denominator: 3 })
    expect(askDays('retention_rate', LATER, { day: 2, on: 'on_or_after' })).toMatchObject({
      numerator: 2,
      denominator: 3,
    })
    expect(askDays('retention_rate', NOON + 3 * 24 * HOUR, { day: 2 })).toMatchObject({ numerator: 0, denominator: 1 })
    expect(askDays('new_visitors', LATER)?.value).toBe(3)
  })

  it('need a persistent id', () => {
    const daily: RawEvent = { name: 'page_view', time: NOON, ip: '203.0.113.7', user_agent: 'x' }
    expect(one([daily], 'new_visitors')).toEqual({ value: null, status: 'needs_identity' })
    expect(one([daily, at(NOON)], 'new_visitors')).toEqual({ value: 1 })
  })
})

describe('guides', () => {
  const guide = (minute: number, name: string, step?: number, visitor_id = 'v') =>
    at(NOON + minute * MINUTE, {
      name,
      visitor_id,
      properties: { guide_id: 'welcome', ...(step && { step, step_count: 3 }) },
    })
  const events = [
    guide(0, 'guide_start'),
    guide(1, 'guide_step', 1),
    guide(31, 'guide_step', 2),
    guide(62, 'guide_step', 1),
    guide(63, 'guide_dismiss'),
    guide(0, 'guide_step', 3, 'w'),
    guide(1, 'guide_dismiss', undefined, 'w'),
    guide(2, 'guide_complete', undefined, 'w'),
  ]

  it('run until a pause of 30 minutes, and end once', () => {
    expect([value(events, 'guide_views'), value(events, 'guide_viewers')]).toEqual([3, 2])
    expect(one(events, 'guide_completion_rate')).toEqual({ value: 1 / 3, numerator: 1, denominator: 3, pending: 0 })
    expect(one(events, 'guide_dismiss_rate')).toMatchObject({ numerator: 1, denominator: 3 })
    expect(one(events.slice(0, 3), 'guide_completion_rate', {}, NOON + 61 * MINUTE)).toMatchObject({
      value: null,
      pending: 1,
    })
  })

  it('lose people at each step', () => {
    const steps = askDropoff(worldOf(events, UTC), LATER, { period: YEAR })
    expect([...steps].map(([step, { numerator, denominator }]) => [step, numerator, denominator])).toEqual([
      [1, 1, 3],
      [2, 1, 2],
    ])
    expect(one(events, 'guide_step_dropoff')).toMatchObject({ numerator: 2, denominator: 5 })
  })
})

describe('filters and dimensions', () => {
  const events = [
    at(NOON, { visitor_id: 'a', country: 'SE', url: 'https://a.example/in?x=1' }),
    at(NOON + 1, { visitor_id: 'a', country: 'NO', url: 'https://a.example/out' }),
    at(NOON, { visitor_id: 'b', country: 'NO', url: 'https://a.example/in' }),
    at(NOON + 2 * HOUR, { visitor_id: 'b', name: 'view_item', items: [{ item_id: 'i' }, { item_id: 'j' }] }),
  ]
  const countsFor = (question: Partial<TruthQuestion>) =>
    ask(worldOf(events, UTC), LATER, { metrics: ['sessions', 'pageviews'], period: YEAR, ...question })
      .map(({ dimensions, metrics }) => [
        ...Object.values(dimensions),
        metrics.sessions?.value,
        metrics.pageviews?.value,
      ])
      .sort()

  it('select sessions by session, and events and their sessions by event', () => {
    expect(countsFor({ filters: [['is', 'country', ['SE']]] })).toEqual([[1, 2]])
    expect(countsFor({ filters: [['is', 'page', ['/out']]] })).toEqual([[1, 1]])
    expect(countsFor({ filters: [['matches', 'page', ['/i*']]] })).toEqual([[2, 2]])
    expect(countsFor({ dimensions: ['entry_page'] })).toEqual([
      ['(not set)', 1, 0],
      ['/in', 2, 3],
    ])
    expect(countsFor({ dimensions: ['visitor_type'] })).toEqual([
      ['new', 2, 3],
      ['returning', 1, 0],
    ])
    expect(countsFor({ dimensions: ['item'], filters: [['is', 'event', ['view_item']]] })).toEqual([
      ['i', 1, 0],
      ['j', 1, 0],
    ])
  })
})

describe('comparing an answer with the truth', () => {
  const question = {
    metrics: ['sessions', 'bounce_rate'],
    period: { from: '2026-01-31', to: '2026-02-01' },
    granularity: 'day',
  } as const satisfies TruthQuestion
  const truth = ask(worldOf([at(NOON)], UTC), LATER, question)
  const cell = (value: number | null, more: Partial<MetricValue> = {}): MetricValue => ({
    value,
    numerator: value,
    denominator: value === null ? 0 : 1,
    interval: null,
    status: 'ok',
    pending: 0,
    ...more,
  })
  const none = cell(null, { numerator: 0, status: 'no_data', reason: 'Nothing happened.' })
  const rows: Row[] = [
    { time: '2026-01-31', metrics: { sessions: cell(1), bounce_rate: cell(1) } },
    { time: '2026-02-01', metrics: { sessions: cell(0), bounce_rate: none } },
  ]
  const changed = (metrics: Row['metrics']) => rows.map((row, n) => (n === 0 ? { ...row, metrics } : row))

  it('finds nothing where they agree', () => {
    expect(compare(rows, truth, question)).toEqual([])
  })

  it('finds a wrong value, breakdown, count of open sessions, row and missing value', () => {
    const lines = (wrong: readonly Row[]) => compare(wrong, truth, question).length
    expect(lines(changed({ sessions: cell(2), bounce_rate: cell(1) }))).toBe(1)
    expect(lines(changed({ sessions: cell(1), bounce_rate: cell(1, { denominator: 2 }) }))).toBe(1)
    expect(lines(changed({ sessions: cell(1), bounce_rate: cell(1, { pending: 1 }) }))).toBe(1)
    expect(lines(changed({ sessions: cell(1), bounce_rate: cell(null) }))).toBe(4)
    expect(lines(rows.slice(0, 1))).toBe(3)
    expect(lines(rows.slice(1))).toBe(3)
    expect(lines(rows.toReversed())).toBe(1)
  })
})

const readers = publishedEvents(READERS.file)
const shop = publishedEvents(SHOP.file)

describe.skipIf(!readers || !shop)('published data (skipped when its files are not beside the project)', () => {
  const answer = (events: readonly RawEvent[] = [], question: TruthQuestion) =>
    ask(worldOf(events, UTC), LATER, question).map(row => row.metrics)

  it('page readers', () => {
    const { period } = READERS
    const [all] = answer(readers, {
      period,
      metrics: [
        'visitors',
        'pageviews',
        'sessions',
        'bounces',
        'bounce_rate',
        'session_duration',
        'pages_per_session',
        'mau',
      ],
    })
    expect(all?.visitors?.value).toBe(READERS.visitors)
    expect(all?.pageviews?.value).toBe(READERS.pageviews)
    expect(all?.sessions?.value).toBe(READERS.sessions)
    expect(all?.bounces?.value).toBe(READERS.bounces)
    expect(all?.bounce_rate?.value).toBeCloseTo(READERS.bounceRate, 7)
    expect(all?.session_duration?.numerator).toBe(READERS.sessionSeconds)
    expect(all?.session_duration?.value).toBeCloseTo(READERS.sessionDuration, 5)
    expect(all?.pages_per_session?.value).toBeCloseTo(READERS.pagesPerSession, 7)
    expect(all?.mau?.value).toBe(READERS.mau)
    const days = answer(readers, { period, granularity: 'day', metrics: ['visitors', 'wau'] })
    expect(days.map(day => day.visitors?.value)).toEqual(READERS.visitorsByDay)
    expect(days.slice(6).map(day => day.wau?.value)).toEqual(READERS.wauByDay)
    for (const [day, [numerator, denominator]] of Object.entries(READERS.retention)) {
      const parameters = { retention_rate: { day: Number(day) } }
      const [cohort] = answer(readers, { period, metrics: ['retention_rate'], parameters })
      expect(cohort?.retention_rate).toMatchObject({ numerator, denominator })
    }
  }, 30_000)

  it('a shop', () => {
    const { period } = SHOP
    const [all] = answer(shop, {
      period,
      metrics: ['visitors', 'sessions', 'session_duration', 'cart_abandonment_rate', 'orders', 'gross_revenue'],
    })
    expect(all?.visitors?.value).toBe(SHOP.visitors)
    expect(all?.sessions?.value).toBe(SHOP.sessions)
    expect(all?.session_duration?.numerator).toBeCloseTo(SHOP.sessionSeconds, 6)
    expect(all?.session_duration?.value).toBeCloseTo(SHOP.sessionDuration, 5)
    expect(all?.cart_abandonment_rate).toMatchObject({ numerator: SHOP.abandonedCarts, denominator: SHOP.carts })
    expect(all?.orders?.value).toBe(SHOP.orders)
    expect(all?.gross_revenue?.value).toBe(SHOP.grossRevenue)
    const rows = ask(worldOf(shop ?? [], UTC), LATER, {
      period,
      metrics: ['events', 'sessions'],
      dimensions: ['event'],
    })
    const counts = Object.fromEntries(rows.map(row => [row.dimensions.event, row.metrics.events?.value]))
    expect(counts).toMatchObject(SHOP.events)
    expect(rows.find(row => row.dimensions.event === 'purchase')?.metrics.sessions?.value).toBe(
      SHOP.sessionsWithPurchase,
    )
  })
})
