import type { Arguments, CohortMeasure, Metric } from '../metric'
import type { Identified, Own } from './described'
import { share } from './share'

/** Of those first seen on a day, the share for whom something holds some days later. Wilson's interval. */
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
