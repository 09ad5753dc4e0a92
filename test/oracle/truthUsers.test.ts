import { describe, expect, it } from 'vitest'
import type { RawEvent } from './event.ts'
import { worldOf } from './facts.ts'
import { type Asked, answer, at, DAY, eventsBy, HOUR, NOON, rowsOf } from './story.ts'
import { askFeatures } from './truth.ts'

const FEBRUARY = { from: '2026-02-01', to: '2026-02-28' }
const used = (after: number, feature: string) => [after, 'feature_used', { properties: { feature } }] as const
const someone: RawEvent = { name: 'page_view', time: NOON, ip: '203.0.113.7', user_agent: 'x' }

describe('return frequency', () => {
  const daily = (who: string, days: number) =>
    eventsBy(who, ...Array.from({ length: days }, (_, day) => [day * DAY, 'page_view'] as const))

  it('is the share of 30 days: 30, 3 and 3 days of three people are 40 %', () => {
    const events = [...daily('a', 30), ...daily('b', 3), ...daily('c', 3)]
    const question = { period: { from: '2026-01-31', to: '2026-03-01' } }
    const { value, denominator } = answer('stickiness', events, { question }) ?? {}
    expect([value?.toFixed(12), denominator]).toEqual(['0.400000000000', 3])
    expect(answer('mau', events, { question })?.value).toBe(3)
  })

  it('looks back from today in an unfinished bucket, and counts a day once', () => {
    const events = [...daily('a', 3), ...eventsBy('a', [HOUR, 'page_view'], [2 * HOUR, 'login'])]
    expect(answer('stickiness', events, { now: NOON + 3 * DAY })?.value).toBeCloseTo(3 / 30, 12)
    expect(answer('stickiness', events, { now: NOON + 30 * DAY })?.value).toBeCloseTo(2 / 30, 12)
    expect(answer('stickiness', [someone])).toMatchObject({ value: null, denominator: 0 })
    expect(answer('stickiness', [someone], { now: NOON })).toEqual({ value: null, status: 'needs_identity' })
  })

  it('counts both days of a session over midnight', () => {
    const events = eventsBy('a', [12 * HOUR - 60_000, 'page_view'], [12 * HOUR + 60_000, 'page_view'])
    expect(answer('stickiness', events, { now: NOON + DAY })?.value).toBeCloseTo(2 / 30, 12)
  })
})

describe('early churn', () => {
  const question = { period: { from: '2026-01-31', to: '2026-02-09' } }
  const rate = (events: readonly RawEvent[], asked: Asked = {}) =>
    answer('early_churn_rate', events, { parameters: { day: 2 }, question, ...asked })

  it('counts people first seen long enough ago and absent on the following days', () => {
    const seen = (...days: number[]) => eventsBy('v', ...days.map(day => [day * DAY, 'page_view'] as const))
    expect(rate(seen(0, 1, 2))).toEqual({ value: 1, numerator: 1, denominator: 1 })
    expect(rate(seen(0, 3))).toMatchObject({ numerator: 0, denominator: 1 })
    expect(rate(seen(0, 4))).toMatchObject({ numerator: 0, denominator: 1 })
    expect(rate(seen(0, 5))).toMatchObject({ numerator: 1, denominator: 1 })
    expect(rate(seen(5))).toMatchObject({ denominator: 1 })
    expect(rate(seen(6))).toMatchObject({ denominator: 0 })
    const midnight = Date.UTC(2026, 1, 5)
    expect(
      [rate(seen(0), { now: midnight - 1 }), rate(seen(0), { now: midnight })].map(one => one?.denominator),
    ).toEqual([0, 1])
  })
})

describe('feature adoption', () => {
  const events = [
    ...eventsBy('a', [DAY, 'page_view'], used(DAY + 1, 'export'), used(DAY + 2, 'export')),
    ...eventsBy('b', [DAY, 'page_view'], [DAY + 1, 'chat_opened']),
    ...eventsBy('c', [DAY, 'page_view'], used(0, 'export')),
    ...eventsBy('d', used(DAY, 'themes')),
  ]
  const settings = {
    features: [
      { name: 'Export', feature: 'export' },
      { name: 'Chat', event: 'chat_opened' },
    ],
  }
  const adoption = (asked: Asked) =>
    answer('feature_adoption_rate', events, { question: { period: FEBRUARY }, ...asked })

  it('counts those who used a declared feature among those active in the bucket', () => {
    expect(adoption({ settings })).toEqual({ value: 1 / 2, numerator: 2, denominator: 4 })
    expect(adoption({ settings, parameters: { feature: 'Chat' } })).toMatchObject({ numerator: 1, denominator: 4 })
  })

  it('counts those who used any feature if none is declared', () => {
    expect(adoption({})).toMatchObject({ numerator: 2, denominator: 4 })
    expect(adoption({ parameters: { feature: 'themes' } })).toMatchObject({ numerator: 1, denominator: 4 })
  })

  it('is reported by feature, as a share of all', () => {
    const site = { timezone: 'UTC', currency: 'EUR', settings }
    const eventsBy = askFeatures(worldOf(events, site), NOON + 9 * DAY, { period: FEBRUARY })
    expect([...eventsBy].map(([name, { numerator, denominator }]) => [name, numerator, denominator])).toEqual([
      ['Export', 1, 4],
      ['Chat', 1, 4],
    ])
  })
})

describe('engagement score', () => {
  const settings = {
    features: [
      { name: 'Export', feature: 'export' },
      { name: 'Docs', page: '/docs*' },
    ],
  }
  const question = { period: { from: '2026-02-01', to: '2026-02-04' } }
  const user = (user_id: string, ...events: Parameters<typeof eventsBy>[1][]) =>
    eventsBy('x', ...events).map(({ visitor_id, ...event }) => ({ ...event, user_id }))
  const events = [
    // 2 of 4 days, 1 of 2 sessions engaged, 1 of 2 features: 50.
    ...user('u', [DAY, 'page_view', { engaged_seconds: 10 }], used(DAY + 10_000, 'export'), [2 * DAY, 'page_view']),
    // 1 of 4 days, 0 of 1 sessions, 0 of 2 features: 25 / 3.
    ...user('w', [DAY, 'page_view']),
    // 1 of 4 days, the one session, both features: 75.
    ...user(
      'y',
      [DAY, 'page_view', { url: 'https://a.example/docs/1' }],
      [DAY + 1, 'page_view'],
      used(DAY + 2, 'export'),
    ),
  ]
  const score = (asked: Asked = {}) => answer('engagement_score', events, { settings, question, ...asked })

  it('is the mean of three shares', () => {
    expect(score()?.value).toBeCloseTo((50 + 25 / 3 + 75) / 3, 9)
    const { days, engagement, features } = score()?.parts ?? {}
    expect([days, engagement, features]).toEqual([(0.5 + 0.25 + 0.25) / 3, (0.5 + 0 + 1) / 3, (0.5 + 0 + 1) / 3])
  })

  it("of one user is that user's among all", () => {
    const of = (name: string) => score({ parameters: { user: name } })
    expect(of('u')?.value).toBeCloseTo(50, 9)
    expect([of('u')?.percentile, of('w')?.percentile, of('y')?.percentile]).toEqual([2 / 3, 1 / 3, 1])
    expect(of('nobody')).toEqual({ value: null })
  })

  it('counts the days that have begun', () => {
    expect(score({ parameters: { user: 'u' }, now: NOON + 3 * DAY })?.parts?.days).toBe(2 / 3)
    expect(score({ parameters: { user: 'w' }, now: NOON + 2 * DAY })?.parts?.days).toBe(0.5)
  })

  it('takes declared features', () => {
    expect(score({ settings: {} })).toEqual({ value: null, status: 'needs_input' })
  })
})

describe('answers to surveys', () => {
  const answered = (who: string, after: number, kind: string, score: number, more = {}) =>
    eventsBy(who, [after, 'survey_response', { properties: { kind, score, ...more } }])

  it('50 promoters and 20 detractors of 100 make 30', () => {
    const events = Array.from({ length: 100 }, (_, n) => {
      const scores = n < 50 ? [9, 10] : n < 70 ? [0, 6] : [7, 8]
      return answered(`p${n}`, n, 'nps', scores[n % 2] ?? 0)
    }).flat()
    expect(answer('nps', events)).toEqual({ value: 30, denominator: 100 })
  })

  it('count once per person and survey in the period, the last one', () => {
    const events = [
      ...answered('a', 0, 'nps', 10),
      ...answered('a', DAY, 'nps', 3),
      ...answered('a', 0, 'nps', 9, { survey_id: 'spring' }),
      ...answered('b', 0, 'csat', 1),
    ]
    expect(answer('nps', events)).toEqual({ value: 0, denominator: 2 })
    const question = { period: { from: '2026-01-31', to: '2026-02-01' }, granularity: 'day' } as const
    expect(rowsOf('nps', events, { question }).map(row => row?.value)).toEqual([100, -100])
    expect(answer('nps', events, { question: { period: { from: '2026-01-31', to: '2026-01-31' } } })?.value).toBe(100)
    expect(answer('nps', [])).toEqual({ value: null, denominator: 0 })
  })

  it('are satisfied with 4 and 5', () => {
    const events = [1, 3, 4, 5, 5].flatMap((score, n) => answered(`p${n}`, 0, 'csat', score))
    expect(answer('csat', events)).toEqual({ value: 3 / 5, numerator: 3, denominator: 5 })
  })
})

describe("a site's own settings", () => {
  const events = eventsBy(
    'v',
    [0, 'page_view', { url: 'https://a.example/thanks/you?x=1' }],
    [1, 'chat_opened'],
    [2, 'purchase', { transaction_id: 'T', value: 1 }],
    used(3, 'export'),
  )
  const conversions = (...rules: ({ event: string } | { page: string } | { feature: string })[]) =>
    answer('conversions', events, { settings: { conversions: rules } })?.value

  it('add conversions to the built-in ones, each counted once', () => {
    expect([
      conversions(),
      conversions({ page: '/thanks*' }),
      conversions({ page: '/thanks' }),
      conversions({ event: 'chat_opened' }, { event: 'purchase' }),
      conversions({ feature: 'export' }, { feature: 'other' }),
    ]).toEqual([1, 2, 1, 2, 2])
  })

  it('set when a session is engaged', () => {
    const view = [at(NOON, { url: 'https://a.example/thanks' })]
    const engaged = (page: string) => answer('engagement_rate', view, { settings: { conversions: [{ page }] } })?.value
    expect([engaged('/thanks'), engaged('/than')]).toEqual([1, 0])
  })
})

describe('guides', () => {
  it('take the median time from the beginning to the first completion', () => {
    const guide = (after: number, name: string) => [after, name, { properties: { guide_id: 'g' } }] as const
    const run = (who: string, ...ends: number[]) =>
      eventsBy(who, guide(0, 'guide_start'), ...ends.map(end => guide(end, 'guide_complete')))
    const events = [...run('a', 10_000, 50_000), ...run('b', 40_000), ...run('c')]
    expect(answer('guide_time_to_complete', events)).toEqual({ value: 25 })
    expect(answer('guide_time_to_complete', run('c'))).toEqual({ value: null })
  })
})
