/** Seconds to the earliest and, from there, to the latest time to come again. */
const SOONEST = 5
const SPREAD = 10

/** With a 503, the seconds after which to come again: not the same to all, who would else come again at once. */
export const retryAfter = (): Record<string, string> => ({
  'retry-after': String(SOONEST + Math.floor(Math.random() * SPREAD)),
})
