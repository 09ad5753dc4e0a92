import type { Interval } from '../../../shared/question'
import type { Relation } from '../../relations/relation'
import type { Metric } from '../metric'
import { complete, type Identified, type Middle } from './described'
import { get } from './get'
import type { KindOptions } from './kindOptions'
import { noData } from './noData'
import { unlessNobodyLasts } from './unlessNobodyLasts'

/** How long something took, of which some was seen only up to now. Kaplan and Meier's median. */
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
      unlessNobodyLasts(metric, sums, () => {
        const n = get(sums, 'n')
        const censored = get(sums, 'censored')
        if (n === 0) return { ...noData(0, described.whole, described.send), numerator: null }
        const { median: value, lower, upper } = sums
        const interval: Interval | null =
          lower === undefined || upper === undefined ? null : [lower / 1000, upper / 1000]
        const told = { numerator: null, denominator: n, pending: censored }
        if (value !== undefined) return { ...told, value: value / 1000, interval, status: 'ok' }
        const reason = `Less than half of the ${n} ${described.whole} are there yet.`
        return { ...told, value: null, interval: null, status: 'pending', reason }
      }),
  }
}
