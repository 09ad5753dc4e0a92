import { Problem } from '../lib/problem'
import { isDailyQuotaExceeded } from '../storage/isDailyQuotaExceeded'

/**
 * What an error is answered as.
 * @param message of an error that says nothing to the caller
 */
export const problemOf = (error: unknown, message = 'The request could not be handled. Try again.'): Problem => {
  if (error instanceof Problem) return error
  if (!isDailyQuotaExceeded(error)) return new Problem(503, 'unavailable', message)
  return new Problem(
    503,
    'daily_quota_exceeded',
    "The day's rows of Cloudflare's free plan are used up. Try again after midnight UTC, or move to the paid plan.",
  )
}
