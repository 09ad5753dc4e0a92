import type { Metric } from '../metric'
import { complete, type Described, type Identified } from './described'
import { meanReading } from './meanReading'
import { requirePersistentIds } from './requirePersistentIds'

/** The mean share of the period's last days on which visitors with a persistent id were active. */
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
      requirePersistentIds(metric, sums, () =>
        meanReading(sums, active => active / described.days, { of: described.whole }),
      ),
  }
}
