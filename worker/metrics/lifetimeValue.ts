import { toMajor } from '../money'
import { get } from './kinds/get'
import { meanReading } from './kinds/meanReading'
import { noData } from './kinds/noData'
import type { Arguments, Reading, Sums, Surroundings } from './metric'

const DAYS_A_YEAR = 365.25

/**
 * Years a customer stays, from the share lost in some days: 1 / yearly churn, months and days being compounded.
 * @example lifetimeYears(0.2, 365.25) // 5
 */
export const lifetimeYears = (churn: number, days: number): number => 1 / (1 - (1 - churn) ** (DAYS_A_YEAR / days))

/** What a customer is worth: see the entry `clv`. */
export const lifetimeValue = (sums: Sums, { currency, days }: Surroundings, { method }: Arguments): Reading => {
  const read = (factor: number): Reading => ({
    ...meanReading(sums, amount => toMajor(amount, currency) * factor, { of: 'customers', signed: true }),
    currency,
  })
  if (method === 'historical') return read(1)
  const [lost, start] = [get(sums, 'lost'), get(sums, 'start')]
  if (start === 0) return noData(0, 'customers at the start')
  if (lost === 0) {
    const reason = 'No customer was lost in this period, so nothing says how long they stay; ask for a longer one.'
    return { ...noData(0, ''), reason }
  }
  return read((DAYS_A_YEAR / days) * lifetimeYears(lost / start, days))
}
