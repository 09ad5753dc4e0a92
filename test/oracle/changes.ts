import type { Change, Interval, MetricValue, Row, Verdict } from '../../shared/question.ts'
import { addDays, dayOf, daysBetween, readPeriod, startOfDay } from './calendar.ts'
import { keyOf } from './compare.ts'
import type { World } from './facts.ts'
import { currencyIn } from './metrics/amounts.ts'
import { METRICS, type MetricId } from './metrics.ts'
import type { Scope, Truth } from './scope.ts'
import { SPREADS, type Spread } from './spreads.ts'
import { around, growth, shareDifference } from './statistics.ts'
import { scopesOf, type TruthCell, type TruthQuestion, type TruthRow } from './truth.ts'

/** Metrics whose change is a difference; that of all others is a fraction of the previous value. */
const DIFFERENCES: readonly MetricId[] = [
  'scroll_depth',
  'stickiness',
  'nps',
  'guide_effect',
  'romi',
  'social_engagement_rate',
  'market_share',
  'refund_rate',
]

/** Metrics of money other than orders. */
const OF_IMPORTED_MONEY: readonly MetricId[] = ['cost_per_lead', 'cac', 'romi', 'market_share', 'mrr', 'arr', 'clv']

/** The previous value of a cell and its half width. */
interface Measured {
  readonly truth: Truth
  readonly spread: Spread | null
}

const spreadOf = (id: MetricId, scope: Scope, truth: Truth): Measured => ({
  truth,
  spread: truth.value === null ? { interval: null, variance: null } : (SPREADS[id]?.(scope, truth) ?? null),
})

const verdictOf = ([low, high]: Interval): Verdict => (low > 0 ? 'up' : high < 0 ? 'down' : 'no_clear_change')

const apart = (now: Spread, before: Spread): Verdict => {
  if (!now.interval || !before.interval) return 'not_tested'
  if (now.interval[0] > before.interval[1]) return 'up'
  return before.interval[0] > now.interval[1] ? 'down' : 'not_tested'
}

const UNKNOWN: Change = { value: null, interval: null, verdict: 'not_tested' }

const changeOf = (
  isDifference: boolean,
  [now, a]: readonly [number, Spread],
  [before, b]: readonly [number, Spread],
) => {
  if (a.share && b.share) return { value: now - before, interval: shareDifference(a.share, b.share) }
  const variances = a.variance === null || b.variance === null ? null : ([a.variance, b.variance] as const)
  if (isDifference)
    return { value: now - before, interval: variances && around(now - before, variances[0] + variances[1]) }
  return { value: now / before - 1, interval: variances && growth(now, variances[0], before, variances[1]) }
}

/** The change of a metric; `null` if its interval is not modelled here. */
const expectedChange = (id: MetricId, now: Measured, before: Measured): Change | null => {
  if (now.truth.value === null || before.truth.value === null) return UNKNOWN
  if (!now.spread || !before.spread) return null
  const isDifference = DIFFERENCES.includes(id) || now.spread.share !== undefined
  if (!isDifference && before.truth.value <= 0) return UNKNOWN
  const { value, interval } = changeOf(isDifference, [now.truth.value, now.spread], [before.truth.value, before.spread])
  return { value, interval, verdict: interval ? verdictOf(interval) : apart(now.spread, before.spread) }
}

const close = (a: number | null | undefined, b: number | null) =>
  typeof a !== 'number' || b === null ? (a ?? null) === b : Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a))

const closeTo = (a: Interval | null, b: Interval | null) =>
  a === null || b === null ? a === b : close(a[0], b[0]) && close(a[1], b[1])

/** True if rounding may decide on which side of 0 an interval lies. */
const isOnTheEdge = (interval: Interval | null) => interval?.some(bound => Math.abs(bound) < 1e-9) === true

const differencesOf = (answered: MetricValue, expected: Change): string[] => {
  const { change } = answered
  if (!change) return ['no change']
  const found: string[] = []
  if (!close(change.value, expected.value)) found.push(`a change of ${change.value} instead of ${expected.value}`)
  if (!closeTo(change.interval, expected.interval))
    found.push(`a change between ${change.interval} instead of ${expected.interval}`)
  if (change.verdict !== expected.verdict && !isOnTheEdge(expected.interval))
    found.push(`${change.verdict} instead of ${expected.verdict}`)
  return found
}

/** The same number of days right before those of a query. */
const daysBefore = (question: TruthQuestion, today: string) => {
  const { from, to } = readPeriod(question.period, today)
  const length = daysBetween(from, to) + 1
  return { from: addDays(from, -length), to: addDays(from, -1) }
}

/** True if the period of a query has passed, so that it is compared with the whole previous one. */
export const isOver = ({ site }: World, now: number, { period }: TruthQuestion): boolean =>
  startOfDay(addDays(readPeriod(period, dayOf(now, site.timezone)).to, 1), site.timezone) <= now

/** The first day with data. */
const firstDayOf = ({ facts, imports }: World): string =>
  [...facts, ...Object.values(imports).flat()].map(({ day }) => day).reduce((a, b) => (a < b ? a : b), '9999-12-31')

/** True if the previous period begins after the first day with data. */
export const hasBefore = (world: World, now: number, question: TruthQuestion): boolean =>
  daysBefore(question, dayOf(now, world.site.timezone)).from >= firstDayOf(world)

/** Metrics whose money is that of orders: in another currency in the previous period, they have no previous value. */
const OF_ORDERS: readonly MetricId[] = [
  'gross_revenue',
  'refunds',
  'revenue',
  'average_order_value',
  'refund_rate',
  'arpu',
]

/** True if both values are in one currency; that of imported money is not modelled here. */
const isOfOneCurrency = (id: MetricId, now: Scope, before: Scope) =>
  !OF_IMPORTED_MONEY.includes(id) && (!OF_ORDERS.includes(id) || currencyIn(now) === currencyIn(before))

/** A cell of an answer and its counterpart in the previous period. */
interface Pair {
  readonly now: Scope
  readonly before: Scope | undefined
}

/** Rows with those of the previous period, by group in time order; without them if there is no comparison. */
const pairsOf = (world: World, now: number, question: TruthQuestion, isCompared: boolean): Pair[] => {
  const cells = scopesOf(world, now, question)
  if (!isCompared || !hasBefore(world, now, question))
    return cells.map(({ scope }) => ({ now: scope, before: undefined }))
  const period = daysBefore(question, dayOf(now, world.site.timezone))
  const keyed = (all: readonly TruthCell[]) => Map.groupBy(all, ({ dimensions }) => JSON.stringify(dimensions))
  const earlier = keyed(scopesOf(world, now, { ...question, period }))
  return [...keyed(cells)].flatMap(([group, own]) =>
    own.map(({ scope }, place) => ({ now: scope, before: earlier.get(group)?.[place]?.scope })),
  )
}

const differencesFrom = (cell: MetricValue, id: MetricId, now: Measured, before: Measured | undefined): string[] => {
  const previous = before?.truth.value ?? null
  const found = close(cell.previous, previous) ? [] : [`${cell.previous} before instead of ${previous}`]
  const expected = before ? expectedChange(id, now, before) : UNKNOWN
  return expected ? [...found, ...differencesOf(cell, expected)] : found
}

const intervalDifferences = ({ value, interval }: MetricValue, { spread }: Measured): string[] =>
  value === null || spread === null || closeTo(interval, spread.interval)
    ? []
    : [`between ${interval} instead of ${spread.interval}`]

/**
 * Every error in the intervals of an answer, and in its changes if it was compared.
 * @param truth of the same query
 */
export const compareChanges = (
  rows: readonly Row[],
  truth: readonly TruthRow[],
  world: World,
  now: number,
  question: TruthQuestion,
  isCompared: boolean,
): string[] => {
  const hourly = question.granularity === 'hour'
  const answered = new Map(rows.map(row => [keyOf(row.time, row.dimensions, hourly), row.metrics]))
  return pairsOf(world, now, question, isCompared).flatMap((pair, index) => {
    const { bucket, dimensions, metrics } = truth[index] as TruthRow
    const key = keyOf(bucket.label, dimensions, hourly)
    const cells = answered.get(key)
    return question.metrics.flatMap(id => {
      const [cell, known] = [cells?.[id], metrics[id]]
      if (!cell || !known) return []
      const of = (scope: Scope): Scope => ({ ...scope, parameters: question.parameters?.[id] ?? {} })
      const measured = spreadOf(id, of(pair.now), known)
      const before = pair.before && of(pair.before)
      const isComparable = isCompared && (!before || isOfOneCurrency(id, pair.now, before))
      return [
        ...intervalDifferences(cell, measured),
        ...(isComparable
          ? differencesFrom(cell, id, measured, before && spreadOf(id, before, METRICS[id](before)))
          : []),
      ].map(line => `${id} ${key}: ${line}`)
    })
  })
}
