import type { Metric, ReadingContext, SumsMeasure } from '../metric'
import { complete, type Described, type Identified } from './described'
import { get } from './get'
import type { KindOptions } from './kindOptions'
import { meanReading } from './meanReading'
import { type Reported, unlessUnknown } from './reported'
import { unlessNobodyLasts } from './unlessNobodyLasts'

/** How the stored unit of a mean's sum becomes the metric's. */
type Scale = (amount: number, surroundings: ReadingContext) => number

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
    read: (sums, surroundings) =>
      unlessNobodyLasts(metric, sums, () => {
        const scale = (amount: number): number => described.scale(amount, surroundings)
        const { whole: of, send, signed = false } = described
        const reading = unlessUnknown(described.reported, get(sums, 'n'), get(sums, 'unknown'), () =>
          meanReading(sums, scale, { of, send, signed }),
        )
        return described.money ? { ...reading, currency: surroundings.currency } : reading
      }),
  }
}
