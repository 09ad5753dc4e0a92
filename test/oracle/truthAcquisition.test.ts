import { describe, expect, it } from 'vitest'
import type { RawEvent } from './event.ts'
import { worldOf } from './facts.ts'
import { NO_IMPORTS } from './imports.ts'
import type { MetricId } from './metrics.ts'
import { type Asked, answer, DAY, eventsBy, HOUR, LATER, rowsOf, UTC } from './story.ts'
import { askClicks, askOpens } from './truth.ts'

const cost = (amount: number, more = {}) => ({
  day: '2026-01-31',
  channel: '',
  source: '',
  campaign: '',
  amount,
  currency: 'EUR',
  ...more,
})
const order = (n: number, value = 100): Partial<RawEvent> => ({ transaction_id: `T${n}`, value })
const two = { period: { from: '2026-01-31', to: '2026-02-01' }, granularity: 'day' } as const

describe('acquisition cost', () => {
  const leads = [...eventsBy('a', [0, 'generate_lead']), ...eventsBy('b', [0, 'generate_lead'], [1, 'generate_lead'])]

  it('is spend divided by new customers', () => {
    const imports = { costs: [cost(10.5), cost(20, { channel: 'Email' }), cost(5, { day: '2025-12-31' })] }
    expect(answer('cost_per_lead', leads, { imports })).toEqual({ value: 15.25, numerator: 30.5, denominator: 2 })
    const bought = eventsBy('a', [0, 'purchase', order(1)])
    expect(answer('cac', [...leads, ...bought], { imports })).toEqual({ value: 30.5, numerator: 30.5, denominator: 1 })
    expect(answer('cost_per_lead', [], { imports })).toMatchObject({ value: null, denominator: 0 })
  })

  it('is unknown without costs or with several currencies', () => {
    expect(answer('cost_per_lead', leads)).toEqual({ value: null, status: 'needs_input' })
    const foreign = [cost(1, { currency: 'USD' }), cost(1, { currency: 'SEK', channel: 'Email' })]
    expect(answer('cost_per_lead', leads, { imports: { costs: foreign } })?.status).toBe('needs_input')
    expect(answer('cost_per_lead', leads, { imports: { costs: foreign.slice(0, 1) } })?.value).toBe(0.5)
    expect(answer('cost_per_lead', leads, { imports: { costs: [...foreign, cost(8)] } })?.value).toBe(4)
  })

  it('falls on the day of the spend', () => {
    const imports = { costs: [cost(10)] }
    expect(rowsOf('cost_per_lead', leads, { imports, question: two }).map(row => row?.value)).toEqual([5, null])
  })
})

describe('marketing return', () => {
  const page = (campaign: string) => ({
    url: `https://a.example/?utm_source=townpaper&utm_medium=cpc&utm_campaign=${campaign}`,
  })
  const romi = (events: readonly RawEvent[], ...costs: ReturnType<typeof cost>[]) =>
    answer('romi', events, { imports: { costs } })?.value

  it('is revenue from paid sessions less refunds and spend', () => {
    const events = [
      ...eventsBy('a', [0, 'page_view', page('spring')], [1, 'purchase', order(1, 90)]),
      ...eventsBy('b', [0, 'page_view', page('autumn')], [1, 'purchase', order(2, 1000)]),
      ...eventsBy('c', [0, 'page_view'], [1, 'purchase', order(3, 1000)]),
      ...eventsBy('a', [3 * DAY, 'refund', { transaction_id: 'T1', value: 30 }]),
    ]
    expect(romi(events, cost(20, { channel: 'Paid other', source: 'townpaper', campaign: 'spring' }))).toBe(2)
    expect(romi(events, cost(20, { source: 'letter' }))).toBe(-1)
    expect(romi(events, cost(20, { source: 'letter' }), cost(20, { campaign: 'spring' }))).toBe(0.5)
    expect(romi(events, cost(20, { channel: 'Direct' }))).toBe(49)
    expect(romi(events, cost(0))).toBeNull()
    expect(answer('romi', events)).toEqual({ value: null, status: 'needs_input' })
  })

  it('belongs to the last campaign before a direct session, for 90 days', () => {
    const events = (after: number) =>
      eventsBy(
        'a',
        [0, 'page_view', page('spring')],
        [DAY, 'page_view', page('autumn')],
        [2 * DAY, 'page_view'],
        [after, 'purchase', order(1, 50)],
      )
    expect(romi(events(3 * DAY), cost(10, { campaign: 'autumn' }))).toBe(4)
    expect(romi(events(3 * DAY), cost(10, { campaign: 'spring' }))).toBe(-1)
    expect(romi(events(91 * DAY), cost(10, { campaign: 'autumn' }))).toBe(4)
    expect(romi(events(91 * DAY + 1), cost(10, { campaign: 'autumn' }))).toBe(-1)
  })
})

describe('emails', () => {
  const mail = (after: number, name: string, properties: RawEvent['properties'] = {}) =>
    [after, `email_${name}`, { properties: properties ?? {} }] as const
  const rates = (events: readonly RawEvent[], asked: Asked = {}) =>
    (['email_open_rate', 'email_click_rate'] as const).map((metric: MetricId) => {
      const { numerator, denominator } = answer(metric, events, asked) ?? {}
      return [numerator, denominator]
    })

  it('count once per person and email, opened or clicked at or after they were first received', () => {
    const events = [
      ...eventsBy('a', mail(0, 'delivered'), mail(1, 'delivered'), mail(2, 'open'), mail(3, 'open'), mail(4, 'click')),
      ...eventsBy('b', mail(0, 'delivered'), mail(0, 'open')),
      ...eventsBy('c', mail(1, 'delivered'), mail(0, 'open')),
      ...eventsBy('d', mail(0, 'open')),
    ]
    expect(rates(events)).toEqual([
      [2, 3],
      [1, 3],
    ])
  })

  it('differ by id, else by campaign', () => {
    const events = eventsBy(
      'a',
      mail(0, 'delivered', { campaign: 'spring', email_id: 'm1' }),
      mail(0, 'delivered', { campaign: 'spring', email_id: 'm2' }),
      mail(0, 'delivered', { campaign: 'spring' }),
      mail(0, 'delivered', { campaign: 'autumn' }),
      mail(1, 'open', { email_id: 'm2' }),
      mail(1, 'open', { campaign: 'spring' }),
    )
    expect(rates(events)[0]).toEqual([2, 4])
  })

  it('belong to the bucket they were first received in, whenever they were opened', () => {
    const events = eventsBy('a', mail(0, 'delivered'), mail(20 * HOUR, 'delivered'), mail(99 * DAY, 'open'))
    expect(rowsOf('email_open_rate', events, { question: two }).map(row => row?.denominator)).toEqual([1, 0])
    expect(rates(events)[0]).toEqual([1, 1])
  })

  it('are added to imported ones, campaign by campaign', () => {
    const events = [
      ...eventsBy('a', mail(0, 'delivered', { campaign: 'spring' }), mail(1, 'open', { campaign: 'spring' })),
      ...eventsBy('b', mail(0, 'delivered')),
    ]
    const email = [{ day: '2026-01-31', campaign: 'spring', delivered: 9, opens: 4, clicks: 2 }]
    expect(rates(events, { imports: { email } })).toEqual([
      [5, 11],
      [2, 11],
    ])
    const world = worldOf(events, UTC, { ...NO_IMPORTS, email })
    const split = (ask: typeof askOpens) =>
      [...ask(world, LATER, { period: two.period })].map(([name, { numerator, denominator }]) => [
        name,
        numerator,
        denominator,
      ])
    expect(split(askOpens)).toEqual([
      ['spring', 5, 10],
      ['(not set)', 0, 1],
    ])
    expect(split(askClicks)[0]).toEqual(['spring', 2, 10])
  })
})

describe('imported totals', () => {
  it('are divided', () => {
    const post = { day: '2026-01-31', source: 'X', campaign: '', impressions: 100, engagements: 3 }
    const social = [post, { ...post, source: 'Y', engagements: 5 }, { ...post, day: '2025-01-31' }]
    expect(answer('social_engagement_rate', [], { imports: { social } })).toEqual({
      value: 0.04,
      numerator: 8,
      denominator: 200,
    })
  })

  it('cover a market, by revenue or by units', () => {
    const row = { day: '2026-01-31', own_units: 1, market_units: 8, own_revenue: 30, market_revenue: 60 }
    const market = [
      { ...row, market: 'a', currency: 'EUR' },
      { ...row, market: 'b', currency: 'SEK', own_units: 2, market_units: 4 },
    ]
    expect(answer('market_share', [], { imports: { market } })).toMatchObject({ numerator: 30, denominator: 60 })
    const parameters = { measure: 'units' }
    expect(answer('market_share', [], { imports: { market }, parameters })).toEqual({
      value: 1 / 4,
      numerator: 3,
      denominator: 12,
    })
  })
})
