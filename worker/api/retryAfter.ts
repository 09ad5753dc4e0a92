import type { MiddlewareHandler } from 'hono'

/** Seconds to the earliest and, from there, to the latest time to come again. */
const SOONEST = 5
const SPREAD = 10

/** Gives every 503 the seconds after which to come again, not the same to all, who would else come again at once. */
export const retryAfter: MiddlewareHandler = async (c, next) => {
  await next()
  if (c.res.status === 503) c.header('retry-after', String(SOONEST + Math.floor(Math.random() * SPREAD)))
}
