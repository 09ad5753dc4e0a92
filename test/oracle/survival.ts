/** The time until something happened, or a censored time. */
export interface Waiting {
  readonly time: number
  readonly happened: boolean
}

/**
 * The Kaplan-Meier median: the smallest time at which the estimated share of those still waiting is at
 * most one half, `null` if it never is. In exact fractions, so that a half is a half.
 * @see https://en.wikipedia.org/wiki/Kaplan%E2%80%93Meier_estimator
 */
export const medianSurvival = (waiting: readonly Waiting[]): number | null => {
  let [still, of] = [1n, 1n]
  for (const time of [...new Set(waiting.map(one => one.time))].sort((a, b) => a - b)) {
    const atRisk = waiting.filter(one => one.time >= time).length
    const events = waiting.filter(one => one.time === time && one.happened).length
    still *= BigInt(atRisk - events)
    of *= BigInt(atRisk)
    if (events > 0 && 2n * still <= of) return time
  }
  return null
}
