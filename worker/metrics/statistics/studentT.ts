import { Z } from '../../../shared/normal.ts'
import type { Interval } from '../../../shared/question.ts'

/** Up to here the quantile is exact; beyond it the expansion is correct to nine digits. */
const MOST_EXACT = 100

const quantiles = new Map<number, number>()

/**
 * The 95 % interval of a mean by Student's t, from sums alone; `null` for fewer than two values.
 *
 * @see Student, "The probable error of a mean", Biometrika 6 (1908) https://doi.org/10.1093/biomet/6.1.1
 * @example meanInterval(3, 6, 14) // of 1, 2, 3: [-0.4841, 4.4841]
 */
export function meanInterval(n: number, sum: number, sumOfSquares: number): Interval | null {
  if (n < 2) return null
  const mean = sum / n
  const squares = Math.max(0, sumOfSquares - sum * mean)
  const half = studentT(n - 1) * Math.sqrt(squares / (n - 1) / n)
  return [mean - half, mean + half]
}

/**
 * Quantile 0.975 of Student's t distribution for a whole number of degrees of freedom from 1 up.
 * @example studentT(10) // 2.228139
 */
export function studentT(degrees: number): number {
  if (degrees > MOST_EXACT) return expansion(degrees)
  const known = quantiles.get(degrees) ?? bisect(degrees)
  quantiles.set(degrees, known)
  return known
}

function bisect(degrees: number): number {
  let [low, high] = [Z, 13]
  for (let middle = (low + high) / 2; low < middle && middle < high; middle = (low + high) / 2) {
    if (withinT(middle, degrees) < 0.95) low = middle
    else high = middle
  }
  return high
}

/**
 * The probability of a value between −t and t.
 * @see Abramowitz, Stegun, "Handbook of mathematical functions" (1972), 26.7.3 and 26.7.4
 */
export function withinT(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees))
  const odd = degrees % 2
  let term = odd ? Math.cos(angle) : 1
  let sum = degrees === 1 ? 0 : term
  for (let k = 2 + odd; k < degrees; k += 2) {
    term *= (Math.cos(angle) ** 2 * (k - 1)) / k
    sum += term
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum
}

/** @see Abramowitz, Stegun, "Handbook of mathematical functions" (1972), 26.7.5 */
const expansion = (degrees: number): number =>
  Z +
  (Z ** 3 + Z) / (4 * degrees) +
  (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / (96 * degrees ** 2) +
  (3 * Z ** 7 + 19 * Z ** 5 + 17 * Z ** 3 - 15 * Z) / (384 * degrees ** 3) +
  (79 * Z ** 9 + 776 * Z ** 7 + 1482 * Z ** 5 - 1920 * Z ** 3 - 945 * Z) / (92_160 * degrees ** 4)
