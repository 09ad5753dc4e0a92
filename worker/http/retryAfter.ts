/** Seconds until the earliest retry and, from there, the latest. */
const SOONEST = 5
const SPREAD = 10

/** The `Retry-After` of a 503, spread at random so that clients do not all retry at once. */
export const retryAfter = (): Record<string, string> => ({
  'retry-after': String(SOONEST + Math.floor(Math.random() * SPREAD)),
})
