import { formatDay } from '../../lib/calendar'
import type { Reading, Sums } from '../../metrics/metric'
import { currencyKey, type Scope } from '../../relations/sql/scope'
import type { RetainedEvents } from '../../rollups/coverage'
import type { Buckets } from '../buckets'
import type { ParsedQuery } from '../parse/parseQuery'
import type { Bucket } from '../parse/period'

const NO_VALUE = { value: null, numerator: null, denominator: null, interval: null, pending: 0 } as const

const needsInput = (reason: string): Reading => ({ ...NO_VALUE, status: 'needs_input', reason })

const NO_CURRENCY = needsInput(
  "There are several currencies and none is the site's; set the site's currency to the one to be counted.",
)

/** Why facts are not there. */
export const factsGone = ({ day }: RetainedEvents, months: number | null): string => {
  const why = months === null ? '' : `, as this site keeps them for ${months} ${months === 1 ? 'month' : 'months'}`
  return `Facts before ${formatDay(day)} were removed${why}; ask for a later period.`
}

/** Of a metric whose statement failed while others answered. */
export const FAILED = {
  ...NO_VALUE,
  status: 'unavailable',
  reason: 'This could not be computed now; try again later.',
} as const satisfies Reading

/** By position, what is answered for metrics whose facts are gone, or whose statement failed. */
export const withheldReadings = (
  gone: ReadonlySet<number>,
  reason: string,
  errors: ReadonlyMap<number, unknown>,
): ReadonlyMap<number, Reading> =>
  new Map([
    ...[...gone].map(position => [position, needsInput(reason)] as const),
    ...[...errors.keys()].map(position => [position, FAILED] as const),
  ])

/** Reads a metric's value out of its sums. */
export type Read = (position: number, sums: Sums | undefined, bucket: Bucket) => Reading

/**
 * Reads the values of a question's metrics.
 * @param withheld by position, what is told of metrics that were not asked or did not answer
 */
export const reader =
  (
    plan: ParsedQuery,
    buckets: Buckets,
    { currencies, settings }: Pick<Scope, 'currencies' | 'settings'>,
    withheld: ReadonlyMap<number, Reading>,
  ): Read =>
  (position, sums, bucket) => {
    const { metric, args } = plan.metrics[position] as ParsedQuery['metrics'][number]
    const lacking = metric.lacks?.(settings)
    if (lacking) return needsInput(lacking)
    const instead = withheld.get(position)
    if (instead) return instead
    const currency = metric.money && currencies.get(currencyKey(metric.money))
    if (metric.money && currency === undefined) return NO_CURRENCY
    return metric.read(sums ?? {}, { currency: currency ?? '', days: buckets.daysOf(bucket), settings }, args)
  }
