import { toMajor } from '../../lib/money'
import type { MoneySource } from '../../relations/terms'
import type { Metric, SumsMeasure } from '../metric'
import { complete, type Identified, type Undivided } from './described'
import { get } from './get'
import type { KindOptions } from './kindOptions'

/** An amount of money; 0 without data. */
export const money = <Id extends string>(
  described: Undivided & Identified<Id> & { of: KindOptions<SumsMeasure>; money: readonly MoneySource[] },
): Metric<Id> => ({
  ...complete({ ...described, denominator: null }),
  kind: 'amount',
  intervalBy: 'none',
  change: 'fraction',
  measure: (args, terms) => described.of(terms, args),
  read: (sums, { currency }) => {
    const value = toMajor(get(sums, 'amount'), currency)
    return { value, numerator: value, denominator: null, interval: null, status: 'ok', pending: 0, currency }
  },
})
