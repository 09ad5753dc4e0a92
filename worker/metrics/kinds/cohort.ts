import type { Arguments, CohortMeasure, Metric } from '../metric'
import type { Identified, Own } from './described'
import { share } from './share'

/** The share of visitors first seen on a day who are active, or are not, some days later. Wilson's interval. */
export const cohort = <Id extends string>(
  described: Omit<Own, 'breakdown'> &
    Identified<Id> & {
      of: (args: Arguments) => Omit<CohortMeasure, 'form'>
      whole: string
    },
): Metric<Id> => ({
  ...share({
    ...described,
    needs: ['lasting_id'],
    daily: true,
    breakdown: 'cohort',
    of: (_terms, args) => ({ form: 'cohort', ...described.of(args) }),
  }),
  kind: 'cohort',
})
