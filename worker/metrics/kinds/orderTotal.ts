import { toMajor } from '../../lib/money'
import type { Relation } from '../../relations/relation'
import type { MoneySource } from '../../relations/terms'
import type { Arguments, Metric } from '../metric'
import { compoundPoisson } from '../statistics/compoundPoisson'
import { atLeastZero } from './atLeastZero'
import { type Attributed, attributable } from './attributable'
import { complete, type Identified, type Undivided } from './described'
import { get } from './get'
import { requirePersistentIds } from './requirePersistentIds'

/**
 * The total of orders, refunds or carts; 0 without data. Its interval is that of a compound Poisson sum.
 * @param described with the SQL of a row's amount; `signed` if amounts can be below 0
 */
export const orderTotal = <Id extends string>(
  described: Undivided &
    Identified<Id> & {
      relation: (args: Arguments) => Relation
      amount: string
      signed?: boolean
      money: readonly MoneySource[]
      /** Further sums that the reading depends on: `pending`, and `lasting` and `others` if it needs persistent ids. */
      sums?: Readonly<Record<string, string>>
      attributed?: Attributed
    },
): Metric<Id> => {
  const { relation, amount, signed = false } = described
  const metric = complete({ ...described, denominator: null })
  const total: Metric<Id> = {
    ...metric,
    kind: 'amount',
    intervalBy: 'compound_poisson',
    change: 'fraction',
    // A sum of squared cents can overflow 64 bits.
    measure: args => ({
      form: 'sums',
      relation: relation(args),
      sums: { amount: `sum(${amount})`, squares: `sum(1.0 * ${amount} * ${amount})`, ...described.sums },
    }),
    read: (sums, { currency }) =>
      requirePersistentIds(metric, sums, () => {
        const value = toMajor(get(sums, 'amount'), currency)
        const variance = toMajor(toMajor(get(sums, 'squares'), currency), currency)
        const interval = compoundPoisson(value, variance)
        return {
          value,
          numerator: value,
          denominator: null,
          interval: signed ? interval : atLeastZero(interval),
          variance,
          status: 'ok',
          pending: get(sums, 'pending'),
          currency,
        }
      }),
  }
  return attributable(total, described.attributed)
}
