import { describe, expect, test } from 'vitest'
import type { ChangeDimension, ChangeMetric } from '../../../shared/changes'
import type { Row } from '../../../shared/question'
import { compoundPoisson } from '../../metrics/statistics/compoundPoisson'
import { equalRates } from '../../metrics/statistics/equalRates'
import { growthInterval } from '../../metrics/statistics/growthInterval'
import { findChanges } from './findChanges'

/** Numbers from 0 to 1, always the same for a seed. */
const generator = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Random = () => number

/** A Poisson number, as the sum of as many as its mean is long. */
const poisson = (random: Random, mean: number): number => {
  if (mean > 30) return poisson(random, 30) + poisson(random, mean - 30)
  const end = Math.exp(-mean)
  let count = 0
  for (let product = random(); product > end; product *= random()) count++
  return count
}

/** Few groups are large and many are small, as on any site. */
const pick = (random: Random, groups: number): number => Math.floor(groups ** random() - 1e-9)

const GROUPS: Readonly<Record<Exclude<ChangeDimension, 'goal'>, number>> = {
  channel: 6,
  source: 30,
  page: 60,
  country: 25,
  device: 3,
}
type Simulated = keyof typeof GROUPS
const DIMENSIONS = Object.keys(GROUPS) as Simulated[]

interface Sums {
  visitors: number
  /** Visitors who convert, one to five times each. */
  converting: number
  conversions: number
  revenue: number
  squares: number
}
/** By dimension and group. */
type Period = Map<string, Sums>

const add = (period: Period, group: string, conversions: number, amount: number): void => {
  const sums = period.get(group) ?? { visitors: 0, converting: 0, conversions: 0, revenue: 0, squares: 0 }
  sums.visitors++
  sums.converting += conversions > 0 ? 1 : 0
  sums.conversions += conversions
  sums.revenue += amount
  sums.squares += amount ** 2
  period.set(group, sums)
}

/** Visitors of a period, each in one group of each dimension; of the first channel `times` as many. */
const visit = (random: Random, mean: number, times = 1): Period => {
  const period: Period = new Map()
  for (let left = poisson(random, mean); left > 0; left--) {
    const source = pick(random, GROUPS.source)
    const repeats = source % GROUPS.channel === 0 ? times : 1
    const conversions = random() < 0.1 ? 1 + Math.floor(5 * random()) : 0
    const amount = conversions > 0 ? Math.exp(3 + 3 * random()) : 0
    const groups = { channel: source % GROUPS.channel, source } as Record<Simulated, number>
    for (const dimension of ['page', 'country', 'device'] as const) groups[dimension] = pick(random, GROUPS[dimension])
    for (let n = 0; n < repeats; n++) {
      add(period, 'total', conversions, amount)
      for (const dimension of DIMENSIONS) add(period, `${dimension} ${groups[dimension]}`, conversions, amount)
    }
  }
  return period
}

const NONE: Sums = { visitors: 0, converting: 0, conversions: 0, revenue: 0, squares: 0 }

const metricsOf = (now: Sums, before: Sums): Row['metrics'] => {
  const counted = { numerator: null, denominator: null, interval: null, status: 'ok', pending: 0 } as const
  const count = (metric: 'visitors' | 'conversions') => ({ ...counted, value: now[metric], previous: before[metric] })
  const interval = growthInterval(
    { value: now.revenue, variance: now.squares },
    { value: before.revenue, variance: before.squares },
  )
  return {
    visitors: count('visitors'),
    conversions: count('conversions'),
    conversion_rate: {
      ...counted,
      value: now.converting / now.visitors,
      numerator: now.converting,
      previous: before.converting / before.visitors,
    },
    revenue: {
      ...counted,
      interval: compoundPoisson(now.revenue, now.squares),
      value: now.revenue,
      previous: before.revenue,
      currency: 'EUR',
      change: {
        value: before.revenue > 0 ? now.revenue / before.revenue - 1 : null,
        interval,
        verdict: 'not_tested',
      },
    },
  }
}

const find = (now: Period, before: Period) => {
  const keys = [...new Set([...now.keys(), ...before.keys()])]
  const rows = Object.fromEntries(
    DIMENSIONS.map(dimension => [
      dimension,
      keys.flatMap((key): Row[] => {
        const [of, group = ''] = key.split(' ')
        if (of !== dimension) return []
        return [
          { dimensions: { [dimension]: group }, metrics: metricsOf(now.get(key) ?? NONE, before.get(key) ?? NONE) },
        ]
      }),
    ]),
  )
  return findChanges(metricsOf(now.get('total') ?? NONE, before.get('total') ?? NONE), rows)
}

describe('where nothing changed', () => {
  test.each([
    [60, 1500],
    [300, 700],
    [2000, 150],
  ])('%i visitors a period have a clear change in at most one period of twenty', (mean, periods) => {
    const random = generator(mean)
    let named = 0
    let uncorrected = 0
    for (let n = 0; n < periods; n++) {
      const [now, before] = [visit(random, mean), visit(random, mean)]
      if (find(now, before).changes.length > 0) named++
      const isUnlikely = [...now].some(([key, { visitors }]) => {
        return equalRates(visitors, before.get(key)?.visitors ?? 0) <= 0.05
      })
      if (isUnlikely) uncorrected++
    }
    expect(named / periods).toBeLessThanOrEqual(0.05)
    // Without the correction many periods would have one: the simulation can fail.
    expect(uncorrected / periods).toBeGreaterThan(0.3)
  })
})

test('a channel with thrice the visitors is found, and explains the rise', () => {
  const random = generator(7)
  const { changes } = find(visit(random, 400, 3), visit(random, 400))
  const [first] = changes
  expect(first).toMatchObject({ verdict: 'up', filters: [['is', first?.dimension, [first?.group]]] })
  const channel = changes.find(({ metric, dimension }) => metric === 'visitors' && dimension === 'channel')
  expect(channel).toMatchObject({ group: '0', verdict: 'up' })
  expect(channel?.explains).toBeGreaterThan(0.6)
  const shares = changes.map(({ explains }) => Math.abs(explains ?? 0))
  expect(shares).toEqual(shares.toSorted((one, other) => other - one))
})

const rowOf = (group: string, metrics: Row['metrics']): Row => ({ dimensions: { channel: group }, metrics })

const counted = (metric: ChangeMetric, value: number, previous: number | null): Row['metrics'] => ({
  [metric]: { value, previous, numerator: value, denominator: null, interval: null, status: 'ok', pending: 0 },
})

test('groups that are new or gone count, those without a previous value do not', () => {
  const rows = {
    channel: [
      rowOf('Email', counted('visitors', 50, 0)),
      rowOf('Referral', counted('visitors', 0, 40)),
      rowOf('Direct', counted('visitors', 100, 100)),
      rowOf('Display', counted('visitors', 5, 0)),
      rowOf('Audio', counted('visitors', 500, null)),
    ],
  }
  const { tested, changes } = findChanges(counted('visitors', 155, 140), rows)
  expect(tested).toBe(3)
  expect(changes.map(({ group, verdict, difference, change }) => [group, verdict, difference, change])).toEqual([
    ['Email', 'up', 50, null],
    ['Referral', 'down', -40, null],
  ])
  expect(changes.map(({ explains }) => explains)).toEqual([50 / 15, -40 / 15])
})

test('without a change of the total the largest comes first', () => {
  const rows = {
    channel: [rowOf('Email', counted('visitors', 30, 0)), rowOf('Direct', counted('visitors', 0, 30))],
    page: [],
  }
  const { changes } = findChanges(counted('visitors', 30, 30), rows)
  expect(changes.map(({ explains }) => explains)).toEqual([null, null])
})

test('a goal has the filter that shows it, and more conversions of as many visitors are no change', () => {
  const rows = (id: string, conversions: readonly number[], visitors: readonly number[]): Row => ({
    dimensions: { goal: id },
    metrics: {
      ...counted('goal_conversions', conversions[0] ?? 0, conversions[1] ?? 0),
      goal_conversion_rate: {
        value: (visitors[0] ?? 0) / 1000,
        previous: (visitors[1] ?? 0) / 1000,
        numerator: visitors[0] ?? 0,
        denominator: 1000,
        interval: null,
        status: 'ok',
        pending: 0,
      },
    },
  })
  const goal = [rows('newsletter', [90, 30], [80, 29]), rows('read', [500, 300], [101, 99])]
  const totals = { ...counted('visitors', 1000, 1000), ...counted('goal_conversions', 590, 330) }
  const { tested, changes } = findChanges(totals, { goal })
  expect([tested, changes.map(({ group, filters }) => [group, filters])]).toEqual([
    2,
    [['newsletter', [['has_done', { goal: 'newsletter' }]]]],
  ])
})
