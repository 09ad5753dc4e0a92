import type { Metric } from '../metric'
import { complete, type Described, type Identified } from './described'
import { meanReading } from './meanReading'
import { unlessNobodyLasts } from './unlessNobodyLasts'

/** The mean over the lasting visitors of the last days of the share of those days they were active on. */
export const windowMean = <Id extends string>(
  described: Described & Identified<Id> & { days: number; whole: string },
): Metric<Id> => {
  const metric = complete(described)
  return {
    ...metric,
    daily: true,
    kind: 'mean',
    intervalBy: 'student',
    change: 'difference',
    measure: () => ({ form: 'window', days: described.days }),
    read: sums =>
      unlessNobodyLasts(metric, sums, () =>
        meanReading(sums, active => active / described.days, { of: described.whole }),
      ),
  }
}
