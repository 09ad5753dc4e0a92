import { failureOf } from '../lib/log'

/** Whether the rows of a day of Cloudflare's free plan are used up: until midnight UTC every statement fails. */
export const isDailyQuotaExceeded = (error: unknown): boolean => failureOf(error).code === 'daily_quota_exceeded'
