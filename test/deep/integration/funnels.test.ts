import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { MetricValue, StepValue } from '../../../shared/question'
import { FUNNEL_ORDERS, FUNNEL_SCOPES, type Funnel } from '../../../shared/settings'
import { clockByHand } from '../../integration/clockByHand'
import { createSite, migrate, post, query, type TestSite } from '../../integration/setup'
import { compare } from '../../oracle/compare'
import type { RawEvent } from '../../oracle/event'
import { worldOf } from '../../oracle/facts'
import { ask, type TruthQuestion } from '../../oracle/truth'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const NOW = Date.UTC(2026, 2, 20, 12)

clockByHand(NOW)

beforeAll(migrate)

const stepsOf = (value: MetricValue | undefined) => (value?.steps ?? []) as readonly StepValue[]

const step = (event: string): Funnel['steps'][number] => ({ name: event, event })

/** One of each order and scope. */
const everyKind = (steps: readonly Funnel['steps'][number][], window: number): Funnel[] =>
  FUNNEL_ORDERS.flatMap(order =>
    FUNNEL_SCOPES.map(scope => ({ id: `${order}-${scope}`, name: order, steps, order, window, scope })),
  )

/** Few names, so that visitors often take a step, and pauses at the limits of sessions, windows and days. */
const event = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd', 'page_view'),
  pause: fc.constantFrom(0, 0, 1, MINUTE, 20 * MINUTE, 31 * MINUTE, 12 * 60 * MINUTE, DAY - MINUTE),
  plan: fc.constantFrom('pro', 'free'),
})

const visitor = fc.record({
  begin: fc.integer({ min: 0, max: 6 * 24 }).map(hours => NOW - 9 * DAY + hours * 60 * MINUTE),
  country: fc.constantFrom('SE', 'NO'),
  events: fc.array(event, { minLength: 1, maxLength: 9 }),
})

const steps = fc.array(
  fc.constantFrom<Funnel['steps'][number]>(step('a'), step('b'), step('c'), step('d'), {
    name: 'pro',
    event: 'b',
    where: [['is', 'property:plan', ['pro']]],
  }),
  { minLength: 2, maxLength: 4 },
)

const eventsOf = (
  { begin, country, events }: typeof visitor extends fc.Arbitrary<infer T> ? T : never,
  n: number,
): RawEvent[] => {
  let time = begin
  return events.map(({ name, pause, plan }) => {
    time += pause
    return { name, visitor_id: `v${n}`, time, country, properties: { plan } }
  })
}

const PERIODS = [
  { from: '2026-03-11', to: '2026-03-19' },
  { from: '2026-03-13', to: '2026-03-14' },
]

/** The parameters that ask for a funnel of the settings, or give the same themselves. */
const parametersOf = ({ id, steps, order, window, scope }: Funnel, isGiven: boolean) =>
  isGiven ? { steps: JSON.stringify(steps), order, window, scope } : { funnel: id }

const questionsAbout = (funnels: readonly Funnel[]): TruthQuestion[] =>
  funnels.flatMap((funnel, n) =>
    PERIODS.flatMap((period, at) => {
      const parameters = { funnel: parametersOf(funnel, (n + at) % 2 === 0) }
      const asked = { metrics: ['funnel'] as const, period, parameters }
      return [
        asked,
        { ...asked, granularity: 'day' as const },
        { ...asked, dimensions: ['country'] },
        { ...asked, dimensions: ['property:plan'], filters: [['is', 'country', ['SE']]] as const },
      ]
    }),
  )

test('every order and scope is what trying every choice of events gives, for random visitors', {
  timeout: 300_000,
}, async () => {
  const property = fc.asyncProperty(
    fc.array(visitor, { minLength: 3, maxLength: 8 }),
    steps,
    fc.constantFrom(1, 2, 0.02),
    async (visitors, steps, window) => {
      const funnels = everyKind(steps, window)
      const settings = { funnels }
      const site = await createSite({ timezone: 'UTC', settings })
      const events = visitors.flatMap(eventsOf)
      await post(site, events)
      const world = worldOf(events, { timezone: 'UTC', currency: 'USD', settings })
      for (const question of questionsAbout(funnels)) {
        const { rows } = await query(site, question as Parameters<typeof query>[1])
        const wrong = compare(rows, ask(world, NOW, question), question)
        expect(wrong.length === 0 ? [] : [...wrong, JSON.stringify(question), JSON.stringify(events)]).toEqual([])
      }
    },
  )
  await fc.assert(property, { numRuns: 6, seed: env.TEST_SEED })
})

describe('a funnel', () => {
  const at = (visitor_id: string, name: string, minutes: number) => ({
    name,
    visitor_id,
    time: Date.UTC(2026, 2, 19, 9) + minutes * MINUTE,
  })
  let site: TestSite

  beforeAll(async () => {
    site = await createSite({ timezone: 'UTC', settings: { funnels: everyKind([step('a'), step('b'), step('c')], 1) } })
    await post(site, [
      // In order, with something in between.
      ...[at('one', 'a', 0), at('one', 'b', 1), at('one', 'x', 2), at('one', 'c', 5)],
      // In reverse.
      ...[at('two', 'c', 0), at('two', 'b', 1), at('two', 'a', 2)],
      // In three sessions.
      ...[at('three', 'a', 0), at('three', 'b', 60), at('three', 'c', 120)],
      // Without the first step.
      at('four', 'b', 0),
      // With an id that ends at midnight.
      { name: 'a', ip: '203.0.113.9', user_agent: 'Mozilla/5.0 (X11) Firefox/140.0', time: Date.UTC(2026, 2, 19, 9) },
    ])
  })

  test.each([
    ['sequential-visitor', [4, 2, 2], 1, [0, 1830, 3750]],
    ['sequential-session', [4, 1, 1], 0, [0, 60, 300]],
    ['strict-visitor', [4, 2, 1], 1, [0, 1830, 7200]],
    ['strict-session', [4, 1, 0], 0, [0, 60, null]],
    ['any-visitor', [4, 3, 3], 1, [0, 60, 300]],
    ['any-session', [4, 2, 2], 0, [0, 60, 210]],
  ])('%s', async (funnel, reached, not_followed, medians) => {
    const [row] = (await query(site, { metrics: ['funnel'], period: 'yesterday', parameters: { funnel: { funnel } } }))
      .rows
    const answer = row?.metrics.funnel
    expect([stepsOf(answer).map(one => one.reached), answer?.not_followed]).toEqual([reached, not_followed])
    expect(stepsOf(answer).map(one => one.median_seconds)).toEqual(medians)
    expect([answer?.numerator, answer?.denominator]).toEqual([reached[2], 4])
    expect(stepsOf(answer).map(one => one.share)).toEqual(reached.map(count => count / 4))
  })
})

test('eight steps are answered, in every order', async () => {
  const names = Array.from({ length: 8 }, (_, n) => `s${n}`)
  const site = await createSite({ timezone: 'UTC', settings: { funnels: everyKind(names.map(step), 1) } })
  await post(
    site,
    names.map((name, n) => ({ name, visitor_id: 'v', time: Date.UTC(2026, 2, 19, 9, n) })),
  )
  for (const { id } of everyKind([], 1)) {
    const { rows } = await query(site, {
      metrics: ['funnel'],
      period: 'yesterday',
      parameters: { funnel: { funnel: id } },
    })
    expect(stepsOf(rows[0]?.metrics.funnel).map(({ reached }) => reached)).toEqual(Array(8).fill(1))
  }
})

test('a query gives the steps itself, as a list or in an address, with an event that no setting names', async () => {
  const site = await createSite({ timezone: 'UTC' })
  await post(site, [
    { name: 'page_view', visitor_id: 'v', url: 'https://shop.example/pricing', time: Date.UTC(2026, 2, 19, 9) },
    { name: 'demo_booked', visitor_id: 'v', time: Date.UTC(2026, 2, 19, 10), properties: { plan: 'pro' } },
    { name: 'page_view', visitor_id: 'w', url: 'https://shop.example/pricing', time: Date.UTC(2026, 2, 19, 9) },
  ])
  const steps = [{ page: '/pricing' }, { event: 'demo_booked', where: [['is', 'property:plan', ['pro']]] }]
  const asked = { metrics: ['funnel'], period: 'yesterday', dimensions: ['country'] } as const
  const answered = async (parameters: object) =>
    (await query(site, { ...asked, parameters: { funnel: parameters } } as never)).rows.map(row => [
      row.metrics.funnel?.numerator,
      row.metrics.funnel?.denominator,
      stepsOf(row.metrics.funnel).map(({ name }) => name),
    ])
  const names = ['/pricing', 'demo_booked']
  expect(await answered({ steps })).toEqual([[1, 2, names]])
  expect(await answered({ steps: JSON.stringify(steps), window: '0.5' })).toEqual([[1, 2, names]])
  expect(await answered({ steps, window: 0.01 })).toEqual([[0, 2, names]])
  expect(await answered({ steps, scope: 'session' })).toEqual([[0, 2, names]])
  expect(await answered({ steps, order: 'strict' })).toEqual([[1, 2, names]])
})

test.each([
  [{ steps: [{ event: 'a' }] }, '"steps" must be a list of 2 to 8 steps.'],
  [{ steps: 'a,b' }, '"steps" must be a list like'],
  [{ steps: [{ event: 'a' }, { page: 'b' }] }, '"steps[1].page" must be a path that begins with "/"'],
  [{ steps: [{ event: 'a' }, { event: 'b', times: 2 }] }, '"steps[1]" has an unknown field "times".'],
  [{ steps: [{ event: 'a' }, { event: 'b', where: [['is', 'nothing', ['x']]] }] }, '"steps[1].where[0]" is not valid:'],
  [{ steps: [{ event: 'a' }, { event: 'b' }].map(one => ({ ...one, name: 'x'.repeat(2_000) })) }, 'at most 4000'],
  [{ window: 0 }, '"window" of funnel must be a number from 0.0007 to 365.'],
  [{ order: 'none' }, '"order" of funnel must be one of sequential, strict, any.'],
])('parameters %j are rejected', async (funnel, message) => {
  const site = await createSite()
  const asked = query(site, { metrics: ['funnel'], parameters: { funnel } } as never)
  await expect(asked).rejects.toThrow('answered 400: {"error":{"code":"bad_parameter"')
  await expect(asked).rejects.toThrow(JSON.stringify(message).slice(1, -1))
})
