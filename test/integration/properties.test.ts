import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Filter, MetricValue, Question } from '../../shared/question'
import { EMPTY_SETTINGS } from '../../shared/settings'
import { defaultsOf, takesFilter } from '../../worker/metrics/allowed'
import { METRICS } from '../../worker/metrics/definitions'
import { dimensionOf } from '../../worker/metrics/dimensions'
import type { Metric } from '../../worker/metrics/metric'
import { addDays } from '../oracle/calendar'
import { happen, plan, type Scenario } from '../oracle/scenario'
import { clockByHand } from './clockByHand'
import { deliverAll, withSite } from './delivery'
import { runs } from './runs'
import { createSite, post, query, type TestSite } from './setup'

const RUNS = runs(25)
const PATIENCE = { interruptAfterTimeLimit: 150_000, markInterruptAsFailure: true, seed: env.TEST_SEED }
const TIMEOUT = 180_000

clockByHand(Date.UTC(2026, 0, 1))

type Values = Readonly<Record<string, MetricValue>>

const ids = (of: (metric: Metric) => boolean): string[] => METRICS.filter(of).map(({ id }) => id)

/** Counts and sums that lie in one bucket and one session each; people can be in several. */
const ADDITIVE = [
  'sessions',
  'pageviews',
  'bounces',
  'clicks',
  'events',
  'conversions',
  'carts',
  'orders',
  'gross_revenue',
  'refunds',
  'revenue',
  'guide_views',
]
/** Shares that lie in one session each. */
const ADDITIVE_SHARES = ['bounce_rate', 'engagement_rate', 'checkout_abandonment_rate', 'guide_completion_rate']

const total = async (site: TestSite, question: Omit<Question, 'site'>): Promise<Values> =>
  (await query(site, question)).rows[0]?.metrics ?? {}

const wholePeriod = ({ firstDay }: Scenario) => ({ from: addDays(firstDay, -1), to: addDays(firstDay, 12) })

const about = (work: (site: TestSite, scenario: Scenario) => Promise<void>) =>
  fc.assert(
    fc.asyncProperty(plan, async plan => {
      const scenario = happen(plan, Date.now())
      await withSite(scenario, async site => {
        await deliverAll(site, scenario)
        await work(site, scenario)
      })
    }),
    { numRuns: RUNS, ...PATIENCE },
  )

test('each kind stays within its bounds', { timeout: TIMEOUT }, () =>
  about(async (site, scenario) => {
    const values = await total(site, {
      metrics: ids(() => true),
      period: wholePeriod(scenario),
      compare: 'previous_period',
    })
    for (const metric of METRICS) {
      const { value, numerator, denominator, interval, status, reason, pending } = values[metric.id] as MetricValue
      const where = `${metric.id} ${JSON.stringify(values[metric.id])}`
      expect(pending >= 0, where).toBe(true)
      expect(value !== null || Boolean(reason), where).toBe(true)
      if (metric.intervalBy === 'wilson' && value !== null) {
        expect(value >= 0 && value <= 1 && Number(numerator) <= Number(denominator), where).toBe(true)
      }
      if (metric.kind === 'count' && status === 'ok')
        expect(Number.isInteger(value) && Number(value) >= 0, where).toBe(true)
      if (metric.unit === 'seconds' && value !== null) expect(value >= 0, where).toBe(true)
      if (metric.unit === 'score' && value !== null) expect(value >= -100 && value <= 100, where).toBe(true)
      if (value !== null && interval)
        expect(interval[0] <= value + 1e-9 && value - 1e-9 <= interval[1], where).toBe(true)
    }
  }),
)

test('a filter and its negation add up to everything', { timeout: TIMEOUT }, () =>
  about(async (site, scenario) => {
    const filter = (operator: 'is' | 'is_not'): Filter => [operator, 'country', ['SE']]
    const metrics = [...ADDITIVE, ...ADDITIVE_SHARES]
    const country = dimensionOf('country')
    for (const metric of METRICS.filter(({ id }) => metrics.includes(id))) {
      expect(country && takesFilter(metric, country)).toBe(true)
    }
    const ask = (...filters: Filter[]) => total(site, { metrics, period: wholePeriod(scenario), filters })
    const [all, where, elsewhere] = [await ask(), await ask(filter('is')), await ask(filter('is_not'))]
    for (const id of metrics) {
      const part = (values: Values, of: 'numerator' | 'denominator') => values[id]?.[of] ?? 0
      if (all[id]?.status === 'needs_input') continue
      for (const of of ['numerator', 'denominator'] as const) {
        expect([id, part(where, of) + part(elsewhere, of)]).toEqual([id, expect.closeTo(part(all, of), 6)])
      }
    }
  }),
)

test('the days add up to the period', { timeout: TIMEOUT }, () =>
  about(async (site, scenario) => {
    const question = { metrics: ADDITIVE, period: wholePeriod(scenario) }
    const all = await total(site, question)
    for (const granularity of ['hour', 'day', 'week', 'month'] as const) {
      const { rows } = await query(site, { ...question, granularity })
      for (const id of ADDITIVE) {
        if (all[id]?.status === 'needs_input') continue
        const sum = rows.reduce((sum, row) => sum + (row.metrics[id]?.value ?? 0), 0)
        expect([id, granularity, sum]).toEqual([id, granularity, expect.closeTo(all[id]?.value ?? 0, 6)])
      }
    }
  }),
)

test('an unrelated event does not change a metric', { timeout: TIMEOUT }, () =>
  about(async (site, scenario) => {
    const metrics = ids(({ id }) => id !== 'events')
    const before = await query(site, { metrics, period: wholePeriod(scenario) })
    const time = scenario.now - 3_600_000
    await post(site, [{ id: 'unrelated', name: 'unrelated', interactive: false, visitor_id: 'v0', time }])
    const after = await query(site, { metrics, period: wholePeriod(scenario) })
    expect(after.rows).toEqual(before.rows)
    const { rows } = await query(site, {
      metrics: ['events'],
      period: 'all',
      filters: [['is', 'event', ['unrelated']]],
    })
    expect(rows[0]?.metrics.events?.value).toBe(1)
  }),
)

test('an empty site has counts of 0 and a reason for every other metric', async () => {
  const site = await createSite()
  const values = await total(site, { metrics: ids(() => true), period: '30d' })
  for (const metric of METRICS) {
    const { id, kind, lacks } = metric
    const { value, status, reason } = values[id] as MetricValue
    const nothing = (kind === 'count' || kind === 'amount') && !lacks?.(EMPTY_SETTINGS, defaultsOf(metric))
    const isMean = id === 'dau'
    expect([id, value]).toEqual([id, nothing || isMean ? 0 : null])
    expect([id, status]).toEqual([
      id,
      value === 0 ? 'ok' : lacks || status === 'needs_input' ? 'needs_input' : 'no_data',
    ])
    expect(value === 0 || /^[A-Z].*\.$/.test(reason ?? ''), id).toBe(true)
  }
})
