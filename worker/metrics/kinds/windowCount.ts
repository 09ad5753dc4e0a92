import type { Metric } from '../metric'
import { garwood } from '../statistics/garwood'
import { complete, type Identified, type Undivided } from './described'
import { get } from './get'
import { requirePersistentIds } from './requirePersistentIds'

/** Distinct visitors with a persistent id in the last days of the period. */
export const windowCount = <Id extends string>(
  described: Undivided & Identified<Id> & { days: number },
): Metric<Id> => {
  const metric = complete({ ...described, denominator: null })
  return {
    ...metric,
    daily: true,
    kind: 'count',
    intervalBy: 'garwood',
    change: 'fraction',
    measure: () => ({ form: 'window', days: described.days }),
    read: sums =>
      requirePersistentIds(metric, sums, () => {
        const value = get(sums, 'lasting')
        return {
          value,
          numerator: value,
          denominator: null,
          interval: garwood(value),
          variance: value,
          status: 'ok',
          pending: 0,
        }
      }),
  }
}
