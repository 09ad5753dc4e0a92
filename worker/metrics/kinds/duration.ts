import type { Interval } from '../../../shared/question'
import type { Relation } from '../../relations/relation'
import type { Metric } from '../metric'
import { complete, type Identified, type Middle } from './described'
import { get } from './get'
import type { KindOptions } from './kindOptions'
import { noData } from './noData'
import { requirePersistentIds } from './requirePersistentIds'

/** The median time to an outcome that some units have not reached yet, by Kaplan and Meier. */
export const duration = <Id extends string>(
  described: Middle & Identified<Id> & { of: KindOptions<Relation>; whole: string },
): Metric<Id> => {
  const metric = complete({ ...described, numerator: null })
  return {
    ...metric,
    kind: 'duration',
    intervalBy: 'kaplan_meier',
    change: 'fraction',
    measure: (args, terms) => ({ form: 'survival', relation: described.of(terms, args) }),
    read: sums =>
      requirePersistentIds(metric, sums, () => {
        const n = get(sums, 'n')
        const censored = get(sums, 'censored')
        if (n === 0) return { ...noData(0, described.whole, described.send), numerator: null }
        const { median: value, lower, upper } = sums
        const interval: Interval | null =
          lower === undefined || upper === undefined ? null : [lower / 1000, upper / 1000]
        const counts = { numerator: null, denominator: n, pending: censored }
        if (value !== undefined) return { ...counts, value: value / 1000, interval, status: 'ok' }
        const reason = `Fewer than half of the ${n} ${described.whole} have reached it yet.`
        return { ...counts, value: null, interval: null, status: 'pending', reason }
      }),
  }
}
