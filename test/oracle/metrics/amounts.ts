import { isUnconfirmed } from '../dedupe.ts'
import type { Fact } from '../fact.ts'
import type { World } from '../facts.ts'
import { type Amount, currencyOf, minorUnits, ordersOf, refundsOf } from '../money.ts'
import { happened, NEEDS_INPUT, type Scope, sum, type Truth } from '../scope.ts'

export type Amounts = (facts: readonly Fact[]) => Amount[]

/** The events for a query about money: all, or without money that only a browser sent. */
export const believed =
  ({ parameters }: Pick<Scope, 'parameters'>) =>
  (facts: readonly Fact[]): readonly Fact[] =>
    parameters.source === 'confirmed' ? facts.filter(({ event }) => !isUnconfirmed(event)) : facts

/** The world for a query about money. */
export const believedWorld = (scope: Scope): World => ({ ...scope.world, facts: believed(scope)(scope.world.facts) })

export const orders =
  (scope: Scope): Amounts =>
  facts =>
    ordersOf(believed(scope)(facts), believedWorld(scope))

export const refunds =
  (scope: Scope): Amounts =>
  facts =>
    refundsOf(believed(scope)(facts), believedWorld(scope))

/** Orders, and refunds as negative amounts. */
export const net =
  (scope: Scope): Amounts =>
  facts => [...orders(scope)(facts), ...refunds(scope)(facts).map(refund => ({ ...refund, minor: -refund.minor }))]

/** The currency of all orders and refunds of the period, confirmed or not. */
export const currencyIn = (scope: Scope): string | undefined =>
  currencyOf(net({ ...scope, parameters: {} })(scope.whole), scope.world.site.currency)

/** A metric in one currency: that of orders and refunds in the period, or its own fallback. */
export const inCurrency = (scope: Scope, answer: (currency: string) => Truth): Truth => {
  const currency = currencyIn(scope)
  return currency === undefined ? NEEDS_INPUT : { ...answer(currency) }
}

/** A sum in major units of the amounts in one currency. */
export const totalIn = (currency: string, amounts: readonly Amount[]): number =>
  sum(amounts.filter(amount => amount.currency === currency).map(({ minor }) => minor)) / minorUnits(currency)

/** The amounts of the bucket in one currency. */
export const ofBucket = (scope: Scope, amounts: Amounts, currency: string): Amount[] =>
  amounts(happened(scope)).filter(amount => amount.currency === currency)
