import type { Metric } from '../metric'
import { meanInterval } from '../statistics/studentT'
import { varianceOf } from '../statistics/varianceOf'
import { complete, type Described, type Identified } from './described'
import { get } from './get'
import { noData } from './noData'

/** The mean of daily counts over the days that have begun. Student's interval over the days. */
export const dailyMean = <Id extends string>(described: Described & Identified<Id>): Metric<Id> => ({
  ...complete(described),
  daily: true,
  kind: 'mean',
  intervalBy: 'student',
  change: 'fraction',
  measure: () => ({ form: 'daily' }),
  read: (sums, { days }) => {
    if (days === 0) return noData(0, 'days that have begun')
    const interval = meanInterval(days, get(sums, 'x'), get(sums, 'xx'))
    return {
      value: get(sums, 'x') / days,
      numerator: get(sums, 'x'),
      denominator: days,
      interval,
      variance: varianceOf(interval),
      status: 'ok',
      pending: 0,
    }
  },
})
