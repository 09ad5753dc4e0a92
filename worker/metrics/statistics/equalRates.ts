import { upperTail } from './upperTail'

/** Up to here the sum is exact; beyond it the normal distribution, corrected for continuity, is as good. */
const MOST_EXACT = 1000

/** Logarithms of the factorials of 0 to `MOST_EXACT`. */
const LOG_FACTORIALS = ((): readonly number[] => {
  const logs = [0]
  for (let n = 1; n <= MOST_EXACT; n++) logs.push((logs[n - 1] as number) + Math.log(n))
  return logs
})()

const logFactorial = (n: number): number => LOG_FACTORIALS[n] as number

/** The probability that at least `least` of `n` fair coins show heads. */
const exactTail = (n: number, least: number): number => {
  let term = Math.exp(logFactorial(n) - logFactorial(least) - logFactorial(n - least) - n * Math.LN2)
  let sum = term
  for (let k = least; k < n; k++) {
    term *= (n - k) / (k + 1)
    sum += term
  }
  return sum
}

/**
 * The probability that two Poisson counts of one rate differ by as much as these: given their sum, each is binomial. The
 * test is exact, so it also judges a count of 0.
 * @see Przyborowski, Wilenski, "Homogeneity of results in testing samples from Poisson series", Biometrika 31 (1940)
 *   https://doi.org/10.1093/biomet/31.3-4.313
 * @example equalRates(5, 223) // below 1e-50
 * @example equalRates(0, 6) // 0.03125
 */
export const equalRates = (one: number, other: number): number => {
  const n = one + other
  const most = Math.max(one, other)
  if (2 * most === n) return 1
  const tail = n <= MOST_EXACT ? exactTail(n, most) : upperTail((2 * most - n - 1) / Math.sqrt(n))
  return Math.min(1, 2 * tail)
}
