import { formatDay } from '../calendar'
import type { Buckets } from './buckets'
import { currencyKey, type Scope } from './compile/scope'
import type { Reading, Sums } from './metric'
import type { Bucket } from './period'
import type { Plan } from './question'
import type { KeptFacts } from './sums/kept'

const needsInput = (reason: string): Reading => ({
  value: null,
  numerator: null,
  denominator: null,
  interval: null,
  status: 'needs_input',
  reason,
  pending: 0,
})

const NO_CURRENCY = needsInput(
  "There are several currencies and none is the site's; set the site's currency to the one to be counted.",
)

/** Why facts are not there. */
export const factsGone = ({ day }: KeptFacts, months: number | null): string => {
  const why = months === null ? '' : `, as this site keeps them for ${months} ${months === 1 ? 'month' : 'months'}`
  return `Facts before ${formatDay(day)} were removed${why}; ask for a later period.`
}

/** Metrics, by position, that had to be asked of facts that are gone, and the reason to be given. */
export interface Known {
  readonly gone: ReadonlySet<number>
  readonly reason: string
}

/** Reads a metric's value out of its sums. */
export type Read = (position: number, sums: Sums | undefined, bucket: Bucket) => Reading

/** Reads the values of a question's metrics. */
export const reader =
  (
    plan: Plan,
    buckets: Buckets,
    { currencies, settings }: Pick<Scope, 'currencies' | 'settings'>,
    { gone, reason }: Known,
  ): Read =>
  (position, sums, bucket) => {
    const { metric, args } = plan.metrics[position] as Plan['metrics'][number]
    const lacking = metric.lacks?.(settings)
    if (lacking) return needsInput(lacking)
    if (gone.has(position)) return needsInput(reason)
    const currency = metric.money && currencies.get(currencyKey(metric.money))
    if (metric.money && currency === undefined) return NO_CURRENCY
    return metric.read(sums ?? {}, { currency: currency ?? '', days: buckets.daysOf(bucket), settings }, args)
  }
