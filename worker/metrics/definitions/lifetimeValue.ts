import { toMajor } from '../../lib/money'
import { get } from '../kinds/get'
import { meanReading } from '../kinds/meanReading'
import { noData } from '../kinds/noData'
import type { Arguments, Reading, ReadingContext, Sums } from '../metric'

const YEAR = 365.25 * 86_400_000

/** Revenue per customer, over the `n` that ever had an order. */
const spentByEach = (sums: Sums, currency: string, factor: number): Reading => ({
  ...meanReading(sums, amount => toMajor(amount, currency) * factor, { of: 'customers', signed: true }),
  currency,
})

const noValue = (reason: string): Reading => ({ ...noData(0, ''), reason })

/**
 * Revenue per customer-year of a window times a customer's lifetime in years. Yearly churn is customers lost per
 * customer-year, so that customers who came within the window count for as long as they were customers.
 */
const predicted = (sums: Sums, currency: string, window: unknown): Reading => {
  const [n, lost, bought, years] = [get(sums, 'n'), get(sums, 'lost'), get(sums, 'bought'), get(sums, 'lived') / YEAR]
  const span = `in the ${window} days that end with this period`
  if (bought === 0) return noValue(`No customer ordered ${span}.`)
  if (lost === 0) {
    return noValue(`No customer was lost ${span}, so their lifetime is unknown; try a longer window.`)
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

/** Reads the metric `clv`. */
export const lifetimeValue = (sums: Sums, { currency }: ReadingContext, { method, window }: Arguments): Reading =>
  method === 'historical' ? spentByEach(sums, currency, 1) : predicted(sums, currency, window)
