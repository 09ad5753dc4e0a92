import type { Metric, ReadingContext, SumsMeasure } from '../metric'
import { complete, type Described, type Identified } from './described'
import { get } from './get'
import type { KindOptions } from './kindOptions'
import { meanReading } from './meanReading'
import { type Reported, unlessUnknown } from './reported'
import { requirePersistentIds } from './requirePersistentIds'

/** Converts a sum from the stored unit to the metric's unit. */
type Scale = (amount: number, context: ReadingContext) => number

/** A mean over units. Student's interval. */
export const mean = <Id extends string>(
  described: Described &
    Identified<Id> & {
      of: KindOptions<SumsMeasure>
      whole: string
      scale: Scale
      signed?: boolean
      reported?: Reported
    },
): Metric<Id> => {
  const metric = complete(described)
  return {
    ...metric,
    kind: 'mean',
    intervalBy: 'student',
    change: described.unit === 'ratio' ? 'difference' : 'fraction',
    measure: (args, terms) => described.of(terms, args),
    read: (sums, context) =>
      requirePersistentIds(metric, sums, () => {
        const scale = (amount: number): number => described.scale(amount, context)
        const { whole: of, send, signed = false } = described
        const reading = unlessUnknown(described.reported, get(sums, 'n'), get(sums, 'unknown'), () =>
          meanReading(sums, scale, { of, send, signed }),
        )
        return described.money ? { ...reading, currency: context.currency } : reading
      }),
  }
}
