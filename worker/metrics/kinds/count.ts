import type { Arguments, Metric, ReadingContext, SumsMeasure } from '../metric'
import { garwood } from '../statistics/garwood'
import { type Attributed, attributable } from './attributable'
import { complete, type Identified, type Undivided } from './described'
import { get } from './get'
import type { KindOptions } from './kindOptions'
import { type Reported, unlessUnknown } from './reported'
import { requirePersistentIds } from './requirePersistentIds'

/** A count; 0 without data. Garwood's interval of a Poisson count. */
export const count = <Id extends string>(
  described: Undivided &
    Identified<Id> & {
      of: KindOptions<SumsMeasure | readonly SumsMeasure[]>
      reported?: Reported
      /** Names of sums to return beside the value. */
      parts?: (context: ReadingContext, args: Arguments) => readonly string[]
      attributed?: Attributed
    },
): Metric<Id> => {
  const metric = complete({ ...described, denominator: null })
  const counted: Metric<Id> = {
    ...metric,
    kind: 'count',
    intervalBy: 'garwood',
    change: 'fraction',
    measure: (args, terms) => described.of(terms, args),
    read: (sums, context, args) =>
      requirePersistentIds(metric, sums, () => {
        const value = get(sums, 'count')
        const parts = described.parts?.(context, args) ?? []
        return unlessUnknown(described.reported, value + get(sums, 'known'), get(sums, 'unknown'), () => ({
          value,
          numerator: value,
          denominator: null,
          interval: garwood(value),
          variance: value,
          status: 'ok',
          pending: get(sums, 'pending'),
          ...(parts.length > 0 && { parts: Object.fromEntries(parts.map(name => [name, get(sums, name)])) }),
        }))
      }),
  }
  return attributable(counted, described.attributed)
}
