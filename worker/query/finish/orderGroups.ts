import type { Sums } from '../../metrics/metric'
import { dimensionsOf, groupKey, type Totals } from '../merge/totals'
import type { Query } from '../parse/query'
import type { AnswerBucket } from '../plan/answerBuckets'
import type { PeriodResult } from './periodResult'
import { readMetric } from './readMetric'

/** Values of a dimension that are numbers come first, by their size. */
const compareTexts = (a: string, b: string): number => {
  const [one, other] = [a, b].map(text => (text.trim() === '' ? Number.NaN : Number(text))) as [number, number]
  const byKind = Number(Number.isNaN(one)) - Number(Number.isNaN(other))
  return byKind || one - other || (a < b ? -1 : 1)
}

/** Groups without a value come last in either direction. */
const compareValues = (a: Value, b: Value, sign: number): number => {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  if (typeof a === 'string' && typeof b === 'string') return sign * compareTexts(a, b)
  return a < b ? -sign : sign
}

/** Whether a group has nothing but zeros: rollups do not know such groups, so no source gives them a row. */
const isZero = (all: readonly (Sums | undefined)[]): boolean =>
  all.every(sums => !sums || Object.values(sums).every(sum => sum === 0))

/** The dimensions of the groups that are not zero. */
const groupsIn = (totals: Totals): string[][] =>
  [...totals].flatMap(([key, all]) => (isZero(all) ? [] : [dimensionsOf(key)]))

type Value = number | string | null

/** A group, and the values it is ordered by. */
interface Group {
  readonly dimensions: readonly string[]
  readonly values: readonly Value[]
}

type Order = Query['orderBy'][number]

const ordersOf = ({ orderBy, metrics }: Query): readonly Order[] =>
  orderBy.length > 0 ? orderBy : metrics.slice(0, 1).map(({ metric }): Order => [metric.id, 'desc'])

/** The value of a metric over the whole period, or of a dimension. */
const orderValue = (whole: PeriodResult, dimensions: readonly string[], name: string): Value => {
  const { query, buckets, totals, context } = whole
  const bucket = buckets[0] as AnswerBucket
  const position = query.metrics.findIndex(({ metric }) => metric.id === name)
  const metric = query.metrics[position]
  if (!metric) return dimensions[query.dimensions.findIndex(({ id }) => id === name)] ?? ''
  const sums = totals.get(groupKey(bucket.key, dimensions))
  return readMetric(metric, position, sums?.[position], bucket, context).value
}

const compareGroups = (a: Group, b: Group, orders: readonly Order[]): number => {
  for (const [index, [, direction]] of orders.entries()) {
    const result = compareValues(a.values[index] ?? null, b.values[index] ?? null, direction === 'asc' ? 1 : -1)
    if (result !== 0) return result
  }
  return compareValues(JSON.stringify(a.dimensions), JSON.stringify(b.dimensions), 1)
}

/**
 * The dimensions of the groups of an answer, in its order.
 * @param whole the period in one bucket
 * @param current the period in the buckets of the answer: a group can have a value in one of them and none in `whole`
 * @param previous the period that it is compared with
 */
export const orderGroups = (
  query: Query,
  whole: PeriodResult,
  current: PeriodResult,
  previous: PeriodResult | null,
): (readonly string[])[] => {
  const orders = ordersOf(query)
  const periods = [current, whole, ...(query.includePrevious && previous ? [previous] : [])]
  const all = periods.flatMap(({ totals }) => groupsIn(totals))
  const groups = [...new Map(all.map(dimensions => [JSON.stringify(dimensions), dimensions])).values()].map(
    (dimensions): Group => ({ dimensions, values: orders.map(([name]) => orderValue(whole, dimensions, name)) }),
  )
  return groups
    .sort((a, b) => compareGroups(a, b, orders))
    .slice(query.offset, query.offset + query.limit)
    .map(({ dimensions }) => dimensions)
}
