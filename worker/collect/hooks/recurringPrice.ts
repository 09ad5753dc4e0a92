import { PAYMENTS_PER_MONTH, SUBSCRIPTION_INTERVALS } from '../../../shared/subscription'

/** An item of a subscription. */
export interface RecurringItem {
  /** Major units for one cycle, all of its quantity. */
  readonly amount: number
  /** A cycle is so many of these. */
  readonly unit: string
  readonly every: number
}

interface RecurringPrice {
  readonly value: number
  readonly interval: string
}

const isInterval = (unit: string): unit is (typeof SUBSCRIPTION_INTERVALS)[number] =>
  (SUBSCRIPTION_INTERVALS as readonly string[]).includes(unit)

/** Cycles of several units that are one of our intervals. */
const SAME: ReadonlyMap<string, string> = new Map([
  ['7 day', 'week'],
  ['3 month', 'quarter'],
  ['12 month', 'year'],
])

const intervalOf = ({ unit, every }: RecurringItem): string | null => {
  if (every === 1 && isInterval(unit)) return unit
  return SAME.get(`${every} ${unit}`) ?? null
}

const monthly = ({ amount, unit, every }: RecurringItem): number => {
  if (!isInterval(unit) || every < 1) return 0
  const [payments, months] = PAYMENTS_PER_MONTH[unit]
  return (amount * payments) / months / every
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)

/**
 * What a subscription costs: for its interval, if all its items have one that events can name, so that nothing is
 * rounded; else for a month.
 * @example recurringPrice([{ amount: 60, unit: 'month', every: 6 }]) // { value: 10, interval: 'month' }
 */
export const recurringPrice = (items: readonly RecurringItem[]): RecurringPrice => {
  const intervals = new Set(items.map(intervalOf))
  const [interval] = intervals
  if (interval && intervals.size === 1) return { value: sum(items.map(({ amount }) => amount)), interval }
  return { value: sum(items.map(monthly)), interval: 'month' }
}
