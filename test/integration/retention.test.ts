import { beforeEach, expect, test, vi } from 'vitest'
import type { Answer, MetricValue, Question } from '../../shared/question'
import { dayOf, formatDay, startOfDay } from '../../worker/lib/calendar'
import { clockByHand } from './clockByHand'
import {
  ask,
  cron,
  DAY,
  DELETED_DAYS,
  event,
  FIRST_RETAINED,
  factsAround,
  HOUR,
  NOW,
  OVER_BOTH,
  patch,
  RETAINED_DAYS,
  retainFor,
  SUMMED,
  siteOf,
  siteWithStory,
  TIMEOUT,
  valuesOf,
  ZONE,
} from './retentionStory'
import { post } from './setup'

clockByHand()
beforeEach(() => {
  vi.setSystemTime(NOW)
})

const DELETED = expect.stringContaining(
  `Events before ${FIRST_RETAINED} were deleted, as this site keeps them for 1 month;`,
)

/** Ratios of means are not rolled up by dimensions. */
const SUMMED_BY = SUMMED.filter(id => id !== 'pages_per_session')
const OF_FACTS = ['revenue', 'orders', 'new_customers', 'new_visitors', 'stickiness', 'retention_rate']

const SUMMED_QUESTIONS: readonly Omit<Question, 'site'>[] = [
  { metrics: SUMMED, period: OVER_BOTH },
  { metrics: SUMMED, period: DELETED_DAYS },
  { metrics: SUMMED, period: OVER_BOTH, granularity: 'day' },
  { metrics: SUMMED_BY, period: OVER_BOTH, granularity: 'month', dimensions: ['channel'] },
  { metrics: SUMMED, period: { from: '2026-02-20', to: '2026-03-09' }, compare: 'previous_period' },
  { metrics: ['pageviews', 'sessions'], period: OVER_BOTH, dimensions: ['page'] },
  { metrics: SUMMED, period: 'all' },
  { metrics: [...SUMMED, 'revenue', 'orders', 'scroll_depth'], period: RETAINED_DAYS, granularity: 'day' },
  { metrics: [...SUMMED, 'revenue'], period: RETAINED_DAYS, filters: [['is', 'channel', ['Direct']]] },
]

test('expired events are deleted, and their daily rollups stay', { timeout: TIMEOUT }, async () => {
  const site = await siteWithStory()
  const end = startOfDay(dayOf(Date.parse(`${FIRST_RETAINED}T12:00:00Z`), ZONE), ZONE) - 48 * HOUR
  const answers = () => Promise.all(SUMMED_QUESTIONS.map(question => valuesOf(site, question)))
  const before = await answers()
  const [old, kept] = await factsAround(site, end)
  expect(old.slice(0, 5).every(count => count > 0)).toBe(true)
  await cron(site)
  expect(await factsAround(site, end)).toEqual([old, kept])
  await retainFor(site, 1)
  await cron(site)
  expect(await factsAround(site, end)).toEqual([[0, 0, 0, 0, 0, 0], kept])
  expect(formatDay((await siteOf(site)).keptDay)).toBe(FIRST_RETAINED)
  for (const [index, rows] of (await answers()).entries()) expect([index, rows]).toEqual([index, before[index]])
})

/** Metrics of the one row of an answer. */
const only = ({ rows }: Answer): Record<string, MetricValue> => {
  expect(rows.length).toBe(1)
  return rows[0]?.metrics ?? {}
}

test('metrics that need deleted events say so', { timeout: TIMEOUT }, async () => {
  const site = await siteWithStory()
  const period = { from: '2026-02-09', to: '2026-02-11' }
  // The rollups by channel answer a filter on one channel.
  const direct = { metrics: ['visitors'], period, filters: [['is', 'channel', ['Direct']]] } as const
  const before = await valuesOf(site, direct)
  await retainFor(site, 1)
  await cron(site)
  expect(await valuesOf(site, direct)).toEqual(before)
  const deleted = { value: null, status: 'needs_input', reason: DELETED }
  const over = only(await ask(site, { metrics: [...OF_FACTS, 'visitors'], period: OVER_BOTH }))
  for (const id of OF_FACTS) expect([id, over[id]]).toEqual([id, expect.objectContaining(deleted)])
  expect(over.visitors).toMatchObject({ status: expect.not.stringMatching('needs_input') })

  for (const question of [
    { granularity: 'hour' },
    { filters: [['is', 'language', ['sv']]] },
    { dimensions: ['language'] },
  ] as const) {
    const answer = await ask(site, { metrics: ['visitors'], period, ...question } as Omit<Question, 'site'>)
    const values = answer.rows.map(({ metrics }) => metrics.visitors)
    expect(values).toEqual(values.map(() => expect.objectContaining(deleted)))
    if ('dimensions' in question) expect(answer.meta.warnings).toEqual([DELETED])
  }

  // A later period has a value, but no comparison.
  const later = { from: '2026-02-20', to: '2026-03-09' }
  const { rows, meta } = await ask(site, { metrics: ['orders'], period: later, compare: 'previous_period' })
  expect(rows[0]?.metrics.orders).toMatchObject({ value: 1, previous: null })
  expect(meta.warnings).toEqual([DELETED])
  // Metrics that look back use the remaining events, and say so.
  const lookingBack = ['new_customers', 'new_visitors', 'cart_recovery_rate']
  const answer = await ask(site, { metrics: ['orders', 'visitors', ...lookingBack], period: later })
  expect(answer.meta.warnings).toEqual([
    `${lookingBack.join(', ')}: Events before ${FIRST_RETAINED} were deleted, so what happened then is left out.`,
  ])
  // The 30 days that end with the first retained day reach back.
  const windowed = (from: string) =>
    ask(site, { metrics: ['mau'], period: { from, to: '2026-03-09' }, granularity: 'day' })
  expect((await windowed('2026-02-20')).rows[0]?.metrics.mau).toMatchObject(deleted)
  // Those that end with a long period do not.
  const ending = (period: Question['period']) => valuesOf(site, { metrics: ['wau', 'mau'], ...(period && { period }) })
  const last = { from: '2026-03-10', to: '2026-03-10' }
  const whole = { from: '2026-01-15', to: '2026-03-10' }
  vi.setSystemTime(Date.parse('2026-03-12T12:00:00Z'))
  for (const to of ['2026-03-11', '2026-03-12'])
    expect(await ending({ ...whole, to })).toEqual(await ending({ ...last, to }))
  expect((await ending({ ...whole, to: '2026-03-12' }))[0]?.metrics.mau).toBeGreaterThan(0)
})

test('a site without a retention period loses nothing', { timeout: TIMEOUT }, async () => {
  const site = await siteWithStory()
  const [, facts] = await factsAround(site, 0)
  vi.setSystemTime(NOW + 800 * DAY)
  await cron(site)
  expect(await factsAround(site, 0)).toEqual([[0, 0, 0, 0, 0, 0], facts])
})

test('an inactive site loses the last of its events', { timeout: TIMEOUT }, async () => {
  const site = await siteWithStory([event('v', '2026-01-20T10:00:00Z'), event('v', '2026-01-20T23:30:00Z')])
  const question = { metrics: SUMMED, period: 'all' } as const
  const { rows } = await ask(site, question)
  await retainFor(site, 1)
  await cron(site)
  expect((await factsAround(site, NOW)).flat().every(count => count === 0)).toBe(true)
  const after = await ask(site, question)
  expect([after.query.period, after.rows]).toEqual([{ from: '2026-01-20', to: '2026-03-10' }, rows])
})

test('retained rollups survive new settings and a new time zone, and ignore late events', {
  timeout: TIMEOUT,
}, async () => {
  const site = await siteWithStory()
  const question = { metrics: ['visitors', 'sessions', 'pageviews'], period: { from: '2026-01-10', to: '2026-03-10' } }
  await retainFor(site, 1)
  await cron(site)
  const before = await valuesOf(site, question)
  const { keptFrom } = await siteOf(site)

  const late = [event('late', keptFrom - 1), event('late', keptFrom - 20 * DAY)]
  vi.setSystemTime(NOW + 11_000)
  expect((await post(site, late)).refused).toEqual([
    { index: 0, code: 'too_old', message: expect.stringContaining(FIRST_RETAINED) },
    { index: 1, code: 'too_old', message: expect.stringContaining(FIRST_RETAINED) },
  ])
  await cron(site)
  expect(await valuesOf(site, question)).toEqual(before)

  await patch(site, { settings: { conversions: [{ page: '/p1' }] } })
  await cron(site)
  expect(await valuesOf(site, question)).toEqual(before)
  const conversions = only(await ask(site, { ...question, metrics: ['conversion_rate'] })).conversion_rate
  expect(conversions).toMatchObject({ value: null, status: 'needs_input', reason: DELETED })

  await patch(site, { timezone: 'Asia/Tokyo' })
  expect(await valuesOf(site, question)).toEqual(before)
  await cron(site)
  expect(await valuesOf(site, question)).toEqual(before)
  // Later days follow the current time zone.
  vi.setSystemTime(NOW + 5 * DAY)
  await cron(site)
  expect((await siteOf(site)).keptFrom).toBe(Date.parse('2026-02-14T15:00:00Z'))
  expect(await valuesOf(site, question)).toEqual(before)
  // A longer retention: deleted events stay deleted, and no more are deleted.
  await retainFor(site, null)
  vi.setSystemTime(NOW + 50 * DAY)
  await cron(site)
  expect((await siteOf(site)).keptFrom).toBe(Date.parse('2026-02-14T15:00:00Z'))
  expect(await valuesOf(site, question)).toEqual(before)
})
