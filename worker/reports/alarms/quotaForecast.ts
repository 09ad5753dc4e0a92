import type { FalseAlarmRate } from '../../../shared/settings'
import { withinT } from '../../metrics/statistics/studentT'

/** How often a trend is judged in the time in which it may be wrong once: with each new day. */
const LOOKS: Readonly<Record<FalseAlarmRate, number>> = { month: 30, quarter: 91, year: 365 }

/** Days that make a trend, at least: two of each weekday. */
const FEWEST_DAYS = 14

/** What a day used of a limit. */
export interface UsedDay {
  /** Days since 1970. */
  readonly day: number
  readonly used: number
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

/** The line through days with the least squares, and the probability of as steep a rise by chance. */
const trendOf = (days: readonly UsedDay[]) => {
  const n = days.length
  const [day, used] = [sumOf(days.map(one => one.day)) / n, sumOf(days.map(one => one.used)) / n]
  const spread = sumOf(days.map(one => (one.day - day) ** 2))
  const slope = sumOf(days.map(one => (one.day - day) * (one.used - used))) / spread
  const at = (other: number): number => used + slope * (other - day)
  const error = Math.sqrt(sumOf(days.map(one => (one.used - at(one.day)) ** 2)) / (n - 2) / spread)
  const probability = slope <= 0 ? 1 : (1 - withinT(slope / error, n - 2)) / 2
  return { slope, at, probability }
}

/**
 * In how many days a limit is reached by the linear trend of the finished days before; `null` if they show no clear rise, wrong
 * once in the given time at most.
 * @param today days since 1970
 */
export const quotaForecast = (
  days: readonly UsedDay[],
  limit: number,
  today: number,
  rate: FalseAlarmRate,
): number | null => {
  if (days.length < FEWEST_DAYS) return null
  const { slope, at, probability } = trendOf(days)
  return probability < 1 / LOOKS[rate] ? Math.max(0, Math.ceil((limit - at(today)) / slope)) : null
}
