import type { Fact } from '../facts.ts'
import { type Amount, currencyOf, minorUnits, ordersOf, refundsOf } from '../money.ts'
import { happened, NEEDS_INPUT, type Scope, sum, type Truth } from '../scope.ts'

export type Amounts = (facts: readonly Fact[]) => Amount[]

export const orders =
  ({ world }: Scope): Amounts =>
  facts =>
    ordersOf(facts, world)

export const refunds =
  ({ world }: Scope): Amounts =>
  facts =>
    refundsOf(facts, world)

/** Orders, and refunds as amounts below 0. */
export const net =
  (scope: Scope): Amounts =>
  facts => [...orders(scope)(facts), ...refunds(scope)(facts).map(refund => ({ ...refund, minor: -refund.minor }))]

/** The currency of orders and refunds of the period. */
export const currencyIn = (scope: Scope): string | undefined =>
  currencyOf(net(scope)(scope.whole), scope.world.site.currency)

/** What is told in one currency: the one of orders and refunds of the period, or what it takes where there is none. */
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
