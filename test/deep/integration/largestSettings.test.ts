import { beforeAll, describe, expect, test } from 'vitest'
import { LIMITS } from '../../../shared/limits'
import type { Question } from '../../../shared/question'
import type { Rule } from '../../../shared/settings'
import { allowedDimensions } from '../../../worker/metrics/allowed'
import { METRICS } from '../../../worker/metrics/definitions'
import { DIMENSIONS } from '../../../worker/metrics/dimensions'
import { createSite, cron, migrate, post, query, type TestSite } from '../../integration/setup'

const DAY = 86_400_000

const ENTRIES = LIMITS.entriesPerSetting

const numbers = Array.from({ length: ENTRIES }, (_, n) => n)

const padded = (prefix: string, n: number, length: number): string =>
  `${prefix}${String(n).padStart(3, '0')}`.padEnd(length, 'x')

interface Kind {
  rule(n: number): Rule
  /** An event that meets the rule with this number, and no other. */
  event(n: number): Record<string, unknown>
}

const EVENT: Kind = {
  rule: n => ({ event: padded('event', n, LIMITS.eventName) }),
  event: n => ({ name: padded('event', n, LIMITS.eventName) }),
}

const PAGE: Kind = {
  rule: n => ({ page: `${padded('/page', n, 40)}*` }),
  event: n => ({ name: 'page_view', url: `https://shop.example${padded('/page', n, 40)}/more` }),
}

const FEATURE: Kind = {
  rule: n => ({ feature: padded('feature', n, 200) }),
  event: n => ({ name: 'feature_used', properties: { feature: padded('feature', n, 200), plan: 'pro' } }),
}

const KINDS = [EVENT, PAGE, FEATURE]

/** A third of the rules of each kind. */
const MIXED: Kind = {
  rule: n => (KINDS[n % 3] as Kind).rule(n),
  event: n => (KINDS[n % 3] as Kind).event(n),
}

/** Two people on trial: one meets every rule once, the other all but the last. */
const siteOf = async ({ rule, event }: Kind): Promise<TestSite> => {
  const rules = numbers.map(rule)
  const site = await createSite({
    settings: {
      conversions: rules,
      value_event: rules.at(-1),
      product_qualified: rules.map(one => ({ ...one, times: 1 })),
      features: rules.map((one, n) => ({ ...one, name: padded('name', n, 200) })),
      hostnames: numbers.map(n => `h${n}.example`),
    },
  })
  const begin = Date.now() - 40 * DAY
  for (const [visitor_id, count] of [
    ['both', ENTRIES],
    ['fewer', ENTRIES - 1],
  ] as const) {
    await post(site, [
      { name: 'sign_up', visitor_id, time: begin },
      { name: 'trial_start', visitor_id, time: begin },
      ...numbers.slice(0, count).map(n => ({ ...event(n), visitor_id, time: begin + (n + 1) * 60_000 })),
    ])
  }
  return site
}

/** Metrics that every dimension can filter. */
const FILTERED = 'session_and_event'

const withoutName = (dimension: string): string => dimension.replace('<name>', 'plan')

/** Queries by some dimensions, all at once. */
const answered = async (
  site: TestSite,
  dimensions: readonly string[],
  more: Omit<Question, 'site' | 'metrics'> = {},
) => {
  const metrics = METRICS.filter(metric => {
    const allowed = allowedDimensions(metric).map(withoutName)
    return (
      dimensions.every(dimension => allowed.includes(dimension)) && (!more.filters || metric.breakdown === FILTERED)
    )
  }).map(({ id }) => id)
  if (metrics.length === 0) return
  const { meta } = await query(site, { metrics, period: '90d', dimensions, ...more })
  expect(meta.warnings).toEqual([])
}

beforeAll(migrate)

describe.each([
  ['events', EVENT],
  ['pages', PAGE],
  ['features', FEATURE],
  ['events, pages and features', MIXED],
] as const)('with the maximum of rules of %s', (_name, kind) => {
  let site: TestSite

  beforeAll(async () => {
    site = await siteOf(kind)
  })

  test('with the maximum of dimensions, filters and values in a query', { timeout: 60_000 }, async () => {
    const values = Array.from({ length: 1000 }, (_, n) => `value ${n}`)
    const filters = Array.from({ length: 20 }, (_, n) => ['is_not', `property:p${n}`, values] as const)
    await answered(site, ['page', 'event', 'channel', 'property:plan'], { filters })
  })

  test('each rule counts', async () => {
    const metrics = [
      'conversions',
      'conversion_rate',
      'trial_to_pql_rate',
      'activation_rate',
      'feature_adoption_rate',
      'engagement_score',
    ]
    const [row] = (await query(site, { metrics, period: '90d' })).rows
    const of = (metric: string) => [row?.metrics[metric]?.numerator, row?.metrics[metric]?.denominator]
    // sign_up and trial_start are conversions everywhere.
    expect(of('conversions')[0]).toBe(2 * ENTRIES - 1 + 4)
    expect(of('conversion_rate')).toEqual([2, 2])
    expect(of('trial_to_pql_rate')).toEqual([1, 2])
    expect(of('activation_rate')).toEqual([1, 2])
    expect(of('feature_adoption_rate')).toEqual([2, 2])
    expect(row?.metrics.engagement_score?.parts?.features).toBeCloseTo(0.995, 12)
  })

  test('each feature is counted separately', async () => {
    const { rows } = await query(site, {
      metrics: ['feature_adoption_rate'],
      period: '90d',
      dimensions: ['feature'],
    })
    const used = rows.map(({ dimensions, metrics }) => [dimensions?.feature, metrics.feature_adoption_rate?.numerator])
    expect(Object.fromEntries(used)).toEqual(
      Object.fromEntries(numbers.map(n => [padded('name', n, 200), n === ENTRIES - 1 ? 1 : 2])),
    )
  })
})

describe.each([
  ['pages', PAGE],
  ['events, pages and features', MIXED],
] as const)('with the maximum of %s in every setting', (_name, kind) => {
  test('every metric answers by every dimension, before and after its days are rolled up', {
    timeout: 120_000,
  }, async () => {
    const site = await siteOf(kind)
    const all = [...DIMENSIONS.map(({ id }) => id), 'property:plan']
    for (const dimensions of [[], ...all.map(id => [id])]) await answered(site, dimensions)
    await cron()
    const rolled = DIMENSIONS.flatMap(({ id, rolled }) => (rolled ? [id] : []))
    for (const dimensions of [[], ...rolled.map(id => [id])]) await answered(site, dimensions)
  })
})
