import type { Arguments, Metric, Reading, Sums, SumsMeasure, Surroundings } from '../metric'
import type { Asked } from './asked'
import { complete, type Described } from './described'
import { unlessNobodyLasts } from './unlessNobodyLasts'

/** Arithmetic on sums of several relations. */
export const formula = (
  described: Described & {
    of: Asked<readonly SumsMeasure[]>
    change: Metric['change']
    intervalBy: Metric['intervalBy']
    compute: (sums: Sums, surroundings: Surroundings, args: Arguments) => Reading
  },
): Metric => {
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
