import type { Arguments, Metric, Reading, ReadingContext, Sums, SumsMeasure } from '../metric'
import { complete, type Described, type Identified } from './described'
import type { KindOptions } from './kindOptions'
import { unlessNobodyLasts } from './unlessNobodyLasts'

/** Arithmetic on sums of several relations. */
export const formula = <Id extends string>(
  described: Described &
    Identified<Id> & {
      of: KindOptions<readonly SumsMeasure[]>
      change: Metric['change']
      intervalBy: Metric['intervalBy']
      compute: (sums: Sums, surroundings: ReadingContext, args: Arguments) => Reading
    },
): Metric<Id> => {
  const metric = complete(described)
  return {
    ...metric,
    kind: 'formula',
    intervalBy: described.intervalBy,
    change: described.change,
    measure: (args, terms) => described.of(terms, args),
    read: (sums, surroundings, args) =>
      unlessNobodyLasts(metric, sums, () => described.compute(sums, surroundings, args)),
  }
}
