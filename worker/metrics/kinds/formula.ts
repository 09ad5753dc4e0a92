import type { Arguments, Metric, Reading, ReadingContext, Sums, SumsMeasure } from '../metric'
import { complete, type Described, type Identified } from './described'
import type { KindOptions } from './kindOptions'
import { requirePersistentIds } from './requirePersistentIds'

/** Arithmetic on sums of several relations, with an interval of its own. */
export const formula = <Id extends string>(
  described: Described &
    Identified<Id> & {
      of: KindOptions<readonly SumsMeasure[]>
      change: Metric['change']
      intervalBy: Metric['intervalBy']
      compute: (sums: Sums, context: ReadingContext, args: Arguments) => Reading
    },
): Metric<Id> => {
  const metric = complete(described)
  return {
    ...metric,
    kind: 'formula',
    intervalBy: described.intervalBy,
    change: described.change,
    measure: (args, terms) => described.of(terms, args),
    read: (sums, context, args) => requirePersistentIds(metric, sums, () => described.compute(sums, context, args)),
  }
}
