import { describe, expect, it } from 'vitest'
import type { RawEvent } from './event.ts'
import { type Asked, answer, DAY, eventsBy, HOUR, NOON, rowsOf } from './story.ts'
import { medianSurvival } from './survival.ts'

const order = (n: number): Partial<RawEvent> => ({ transaction_id: `T${n}`, value: 10 })

describe('leads', () => {
  const rate = (events: readonly RawEvent[], asked: Asked = {}) =>
    answer('lead_conversion_rate', events, { parameters: { window: 2 }, ...asked })

  it('convert by their first purchase or subscription, up to the end of the window', () => {
    const paid = (after: number) => eventsBy('v', [0, 'generate_lead'], [after, 'purchase', order(1)])
    expect(rate(paid(2 * DAY))).toEqual({ value: 1, numerator: 1, denominator: 1, pending: 0 })
    expect(rate(paid(2 * DAY + 1))).toMatchObject({ numerator: 0, denominator: 1 })
    expect(rate([...paid(DAY), ...eventsBy('v', [-DAY, 'purchase', order(2)])])).toMatchObject({ numerator: 0 })
  })

  it('are pending until their window has closed, whatever they did', () => {
    const events = eventsBy('v', [0, 'generate_lead'], [0, 'purchase', order(1)])
    expect(rate(events, { now: NOON + 2 * DAY - 1 })).toEqual({ value: null, numerator: 0, denominator: 0, pending: 1 })
    expect(rate(events, { now: NOON + 2 * DAY })).toMatchObject({ numerator: 1, denominator: 1, pending: 0 })
  })

  it('begin with the first of the bucket', () => {
    const events = eventsBy('v', [0, 'generate_lead'], [13 * HOUR, 'generate_lead'], [2.5 * DAY, 'purchase', order(1)])
    expect(rate(events)).toMatchObject({ numerator: 0, denominator: 1 })
    const question = { period: { from: '2026-01-31', to: '2026-02-01' }, granularity: 'day' } as const
    const days = rowsOf('lead_conversion_rate', events, { parameters: { window: 2 }, question })
    expect(days.map(row => row?.numerator)).toEqual([0, 1])
  })

  it('belong to the session they began in', () => {
    const events = eventsBy(
      'v',
      [0, 'generate_lead', { country: 'SE' }],
      [HOUR, 'purchase', { ...order(1), country: 'NO' }],
    )
    const filters = [['is', 'country', ['SE']]] as const
    expect(rate(events, { question: { filters } })).toMatchObject({ numerator: 1, denominator: 1 })
    expect(rate(events, { question: { filters: [['is', 'country', ['NO']]] } })).toMatchObject({ denominator: 0 })
  })

  it('need a persistent id', () => {
    const someone: RawEvent = { name: 'generate_lead', time: NOON, ip: '203.0.113.7', user_agent: 'x' }
    expect(rate([someone])).toEqual({ value: null, status: 'needs_identity' })
    expect(rate([])).toMatchObject({ value: null, denominator: 0, pending: 0 })
  })

  it('are counted by visitor', () => {
    const events = eventsBy('v', [0, 'generate_lead'], [1, 'generate_lead', { interactive: false }], [2, 'sign_up'])
    expect([answer('leads', events), answer('signups', events), answer('trials', events)]).toEqual([
      { value: 1 },
      { value: 1 },
      { value: 0 },
    ])
  })
})

describe('visitors', () => {
  it('are qualified within days of their session in the bucket, even if it began earlier', () => {
    const midnight = 12 * HOUR
    const events = eventsBy('v', [midnight - 60_000, 'page_view'], [midnight + 60_000, 'page_view'])
    const qualified = (after: number) => [
      ...events,
      ...eventsBy('v', [after, 'lead_qualified', { interactive: false }]),
    ]
    const question = { period: { from: '2026-02-01', to: '2026-02-01' } }
    const rate = (after: number) =>
      answer('visitor_to_sql_rate', qualified(after), { parameters: { window: 1 }, question })
    expect(rate(midnight - 60_000 + DAY)).toEqual({ value: 1, numerator: 1, denominator: 1, pending: 0 })
    expect(rate(midnight - 60_000 + DAY + 1)).toMatchObject({ numerator: 0, denominator: 1 })
    expect(rate(midnight - 60_001)).toMatchObject({ numerator: 0, denominator: 1 })
  })

  it('begin trials and download, as a share of active visitors', () => {
    const events = [
      ...eventsBy('a', [0, 'trial_start'], [1, 'file_download', { interactive: false }]),
      ...eventsBy('b', [0, 'page_view', { engaged_seconds: 10 }], [HOUR, 'page_view', { engaged_seconds: 4 }]),
      ...eventsBy('c', [0, 'file_download', { interactive: false }]),
    ]
    expect(answer('visitor_to_trial_rate', events)).toEqual({ value: 1 / 2, numerator: 1, denominator: 2 })
    expect(answer('content_download_rate', events)).toEqual({ value: 1 / 2, numerator: 1, denominator: 2 })
    expect(answer('content_pages_per_visitor', events)).toEqual({ value: 1, numerator: 2, denominator: 2 })
    expect(answer('content_reading_time', events)).toEqual({ value: 7 })
  })
})

describe('trials', () => {
  const used = (after: number, feature = 'export') => [after, 'feature_used', { properties: { feature } }] as const
  const seen = (after: number, path: string) => [after, 'page_view', { url: `https://a.example${path}` }] as const

  it('are qualified by all rules of the site, each with its minimum count', () => {
    const settings = {
      product_qualified: [{ feature: 'export', times: 2 } as const, { page: '/b/*', times: 1 } as const],
    }
    const rate = (...events: Parameters<typeof eventsBy>[1][]) =>
      answer('trial_to_pql_rate', eventsBy('v', [0, 'trial_start'], ...events), { settings })?.numerator
    expect(rate(used(1), used(2), seen(3, '/b/c'))).toBe(1)
    expect(rate(used(1), used(2, 'other'), seen(3, '/b/c'))).toBe(0)
    expect(rate(used(1), used(2), seen(3, '/b'))).toBe(0)
    expect(rate(used(-1), used(2), seen(3, '/b/c'))).toBe(0)
    expect(rate(used(0), used(30 * DAY), seen(3, '/b/c'))).toBe(1)
    expect(rate(used(0), used(30 * DAY + 1), seen(3, '/b/c'))).toBe(0)
    expect(answer('trial_to_pql_rate', eventsBy('v', [0, 'trial_start']))).toEqual({
      value: null,
      status: 'needs_input',
    })
  })

  it('convert by any payment, not only the first', () => {
    const rate = (...events: Parameters<typeof eventsBy>[1][]) =>
      answer('trial_to_paid_rate', eventsBy('v', [-DAY, 'purchase', order(1)], [0, 'trial_start'], ...events))
        ?.numerator
    expect(rate()).toBe(0)
    expect(rate([DAY, 'subscription_start', { value: 5 }])).toBe(1)
    expect(rate([DAY, 'subscription_start', { properties: { status: 'trial' } }])).toBe(0)
    expect(rate([31 * DAY, 'subscription_start', { value: 5 }])).toBe(0)
  })
})

describe('sign-ups', () => {
  const settings = { value_event: { event: 'chat_opened' } }

  it('are activated within a week', () => {
    const rate = (after: number) =>
      answer('activation_rate', eventsBy('v', [0, 'sign_up'], [after, 'chat_opened']), { settings })?.value
    expect([rate(-1), rate(0), rate(7 * DAY), rate(7 * DAY + 1)]).toEqual([0, 1, 1, 0])
    expect(answer('activation_rate', [])).toEqual({ value: null, status: 'needs_input' })
  })

  it('have a median time to value that censors those without one', () => {
    const events = [
      ...eventsBy('a', [0, 'sign_up'], [10_000, 'chat_opened'], [99_000, 'chat_opened']),
      ...eventsBy('b', [0, 'sign_up'], [20_000, 'chat_opened']),
      ...eventsBy('c', [0, 'sign_up']),
    ]
    // 3 are at risk when one converts at 10 s (2/3 wait), 2 when one does at 20 s (1/3).
    expect(answer('time_to_value', events, { settings })).toEqual({ value: 20, numerator: null, denominator: 3 })
    const waiting = { value: null, numerator: null, denominator: 1, status: 'pending' }
    expect(answer('time_to_value', eventsBy('c', [0, 'sign_up']), { settings })).toEqual(waiting)
    expect(answer('time_to_value', [], { settings })).toEqual({ value: null, numerator: null, denominator: 0 })
    expect(answer('time_to_value', events)).toEqual({ value: null, status: 'needs_input' })
  })

  it('adopt the product on calendar days', () => {
    const parameters = { days: 2, window: 3 }
    const rate = (now: number, ...after: number[]) =>
      answer('product_adoption_rate', eventsBy('v', [0, 'sign_up'], ...after.map(one => [one, 'page_view'] as const)), {
        parameters,
        now,
      })
    const over = Date.UTC(2026, 1, 3)
    expect(rate(over, 12 * HOUR)).toEqual({ value: 1, numerator: 1, denominator: 1, pending: 0 })
    expect(rate(over - 1, 12 * HOUR)).toEqual({ value: null, numerator: 0, denominator: 0, pending: 1 })
    expect(rate(over, 12 * HOUR - 1)).toMatchObject({ numerator: 0, denominator: 1 })
    expect(rate(over + 9 * DAY, 2.5 * DAY - 1)).toMatchObject({ numerator: 1 })
    expect(rate(over + 9 * DAY, 2.5 * DAY)).toMatchObject({ numerator: 0 })
  })
})

describe('the median waiting time', () => {
  const happened = (...times: number[]) => times.map(time => ({ time, happened: true }))
  const censored = (...times: number[]) => times.map(time => ({ time, happened: false }))

  it('is the smallest time after which at most half are still waiting', () => {
    expect(medianSurvival(happened(1, 2, 3, 4))).toBe(2)
    expect(medianSurvival(happened(5))).toBe(5)
    expect(medianSurvival([])).toBeNull()
  })

  it('censors the others when they were last seen', () => {
    // 4/5 at 1; then 1 leaves; 2 of 3 at 3 (8/15), 1 of 2 at 4 (4/15).
    expect(medianSurvival([...happened(1, 3, 4), ...censored(2, 9)])).toBe(4)
    // At one moment, events come before censoring: 2/3, then 1/2 of it.
    expect(medianSurvival([...happened(1, 2), ...censored(1, 2)])).toBe(2)
    expect(medianSurvival([...happened(1), ...censored(2, 3)])).toBeNull()
  })

  it('is defined when exactly half are still waiting', () => {
    expect(medianSurvival([...happened(1, 2, 3, 4, 5), ...censored(9, 9, 9, 9, 9)])).toBe(5)
    expect(medianSurvival([...happened(3, 7), ...censored(1, 2, 8, 9)])).toBe(7)
  })
})
