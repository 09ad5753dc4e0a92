import { toMajor } from '../../lib/money'
import { get } from '../kinds/get'
import { meanReading } from '../kinds/meanReading'
import { noData } from '../kinds/noData'
import type { Arguments, Reading, ReadingContext, Sums } from '../metric'

const YEAR = 365.25 * 86_400_000

/** Revenue of each customer, of whom `n` had an order ever. */
const spentByEach = (sums: Sums, currency: string, factor: number): Reading => ({
  ...meanReading(sums, amount => toMajor(amount, currency) * factor, { of: 'customers', signed: true }),
  currency,
})

const withoutValue = (reason: string): Reading => ({ ...noData(0, ''), reason })

/**
 * Revenue per customer-year of a window times the years that a customer stays. Yearly churn is the customers lost for
 * each customer-year, so that those who came within the window count for as long as they were there.
 */
const predicted = (sums: Sums, currency: string, window: unknown): Reading => {
  const [n, lost, bought, years] = [get(sums, 'n'), get(sums, 'lost'), get(sums, 'bought'), get(sums, 'lived') / YEAR]
  const span = `in the ${window} days that end with this period`
  if (bought === 0) return withoutValue(`No customer ordered ${span}.`)
  if (lost === 0) {
    return withoutValue(`No customer was lost ${span}, so nothing says how long they stay; a longer window may tell.`)
  }
  const lifetime = years / lost
  const revenue = toMajor(get(sums, 'x'), currency)
  return {
    ...spentByEach(sums, currency, n / lost),
    numerator: revenue * lifetime,
    denominator: years,
    parts: {
      average_order_value: revenue / bought,
      orders_per_customer_year: years === 0 ? null : bought / years,
      lifetime_years: lifetime,
    },
  }
}

/** What a customer is worth: see the entry `clv`. */
export const lifetimeValue = (sums: Sums, { currency }: ReadingContext, { method, window }: Arguments): Reading =>
  method === 'historical' ? spentByEach(sums, currency, 1) : predicted(sums, currency, window)
