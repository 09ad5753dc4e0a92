import type { Explanation, MetricValue, Row } from '../../../shared/question'
import type { Range } from '../../lib/timeRange'
import type { Arguments, Metric, Reading, Sums } from '../../metrics/metric'
import { wordsOf } from '../../metrics/wordsOf'
import type { Buckets } from '../buckets'
import { groupKey, type Measured } from '../gathering'
import type { ParsedQuery } from '../parse/parseQuery'
import type { Bucket } from '../parse/period'
import { changeOf, NOT_COMPARED } from './change'
import type { Read } from './reader'

/** What has no value comes last either way. */
const compareValues = (a: number | string | null, b: number | string | null, sign: number): number => {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  return a < b ? -sign : sign
}

/** Whether a group has nothing but zeros: such have no row, as what is kept of days does not know them. */
const isNothing = (all: readonly (Sums | undefined)[]): boolean =>
  all.every(sums => !sums || Object.values(sums).every(sum => sum === 0))

/** The groups of which there is something, with their dimensions. */
const groupsIn = (measured: Measured): (readonly [key: string, dimensions: string[]])[] =>
  [...measured].flatMap(([key, all]) => (isNothing(all) ? [] : [[key, JSON.parse(key).slice(1) as string[]] as const]))

/** Dimension groups in the order that was asked for, by their values over the whole period. */
export const orderedGroups = (
  plan: ParsedQuery,
  whole: Measured,
  buckets: Measured,
  read: Read,
  period: Bucket,
): (readonly string[])[] => {
  // A group can have a value in a bucket and none of the whole period: who was active in its last days only.
  const ofBuckets = groupsIn(buckets).map(([, dimensions]) => [groupKey(period.key, dimensions), dimensions] as const)
  const groups = [...new Map([...ofBuckets, ...groupsIn(whole)])].map(([key, dimensions]) => ({
    dimensions,
    sums: whole.get(key) ?? [],
  }))
  const order =
    plan.orderBy.length > 0
      ? plan.orderBy
      : [[(plan.metrics[0] as ParsedQuery['metrics'][number]).metric.id, 'desc'] as const]
  const by = order.map(([name, direction]) => {
    const position = plan.metrics.findIndex(({ metric }) => metric.id === name)
    const index = plan.dimensions.findIndex(({ id }) => id === name)
    const value = (group: (typeof groups)[number]) =>
      position >= 0 ? read(position, group.sums[position], period).value : (group.dimensions[index] ?? '')
    return { value, sign: direction === 'asc' ? 1 : -1 }
  })
  const byAll = (a: (typeof groups)[number], b: (typeof groups)[number]): number =>
    by.map(({ value, sign }) => compareValues(value(a), value(b), sign)).find(result => result !== 0) ??
    compareValues(JSON.stringify(a.dimensions), JSON.stringify(b.dimensions), 1)
  return groups
    .sort(byAll)
    .slice(0, plan.limit)
    .map(group => group.dimensions)
}

const compared = (metric: Metric, now: Reading, before: Reading | null): Pick<MetricValue, 'previous' | 'change'> =>
  before ? { previous: before.value, change: changeOf(metric, now, before) } : { previous: null, change: NOT_COMPARED }

const explained = (
  metric: Metric,
  args: Arguments,
  { pending, left_out }: Reading,
  keptOut: Readonly<Record<string, number>>,
): Explanation => ({
  ...wordsOf(metric, args),
  parameters: args,
  left_out: { pending, without_lasting_id: left_out ?? 0, ...keptOut },
})

/** A period, or the one before it, with what was found of it. */
export interface Side {
  readonly range: Range
  readonly buckets: Buckets
  readonly measured: Measured
  readonly read: Read
}

const cellOf = (
  { metric, args }: ParsedQuery['metrics'][number],
  now: Reading,
  before: Reading | null,
  { compare }: ParsedQuery,
  keptOut: Readonly<Record<string, number>> | null,
): MetricValue => {
  const { variance: _, ...told } = now
  return {
    ...told,
    ...(compare && compared(metric, now, before)),
    ...(keptOut && { explanation: explained(metric, args, now, keptOut) }),
  }
}

/**
 * The rows of an answer.
 * @param before `null` too where there is nothing to compare with
 */
export const rowsOf = (
  plan: ParsedQuery,
  groups: readonly (readonly string[])[],
  now: Side,
  before: Side | null,
  keptOut: Readonly<Record<string, number>> | null,
): Row[] =>
  now.buckets.list.flatMap((bucket, index) =>
    groups.map(dimensions => {
      const sums = now.measured.get(groupKey(bucket.key, dimensions))
      const earlier = before?.buckets.list[index]
      const earlierSums = before && earlier ? before.measured.get(groupKey(earlier.key, dimensions)) : undefined
      return {
        ...(plan.granularity && { time: bucket.label }),
        ...(plan.dimensions.length > 0 && {
          dimensions: Object.fromEntries(plan.dimensions.map(({ id }, position) => [id, dimensions[position] ?? ''])),
        }),
        metrics: Object.fromEntries(
          plan.metrics.map((asked, position) => [
            asked.metric.id,
            cellOf(
              asked,
              now.read(position, sums?.[position], bucket),
              before && earlier ? before.read(position, earlierSums?.[position], earlier) : null,
              plan,
              keptOut,
            ),
          ]),
        ),
      }
    }),
  )
