import { DAY } from '../../shared/time'
import { isDailyQuotaExceeded } from '../storage/isDailyQuotaExceeded'

/** Seconds until the earliest retry and, from there, the latest. */
const SOONEST = 5
const SPREAD = 10

const secondsUntilMidnight = (): number => Math.ceil((DAY - (Date.now() % DAY)) / 1000)

/**
 * The `Retry-After` of a 503, spread at random so that clients do not all retry at once: in some seconds, or after
 * midnight UTC when a day's rows are used up.
 */
export const retryAfter = (error: unknown): Record<string, string> => {
  const soonest = isDailyQuotaExceeded(error) ? secondsUntilMidnight() : SOONEST
  return { 'retry-after': String(soonest + Math.floor(Math.random() * SPREAD)) }
}
