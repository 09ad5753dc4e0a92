import type { Interval } from '../../../shared/question.ts'
import { studentT } from './studentT.ts'

/**
 * The 95 % interval of a ratio of sums, `sx / sy`, over `n` clusters (visitors) that each add to both;
 * `null` for fewer than two clusters or a denominator of 0.
 *
 * Pages of one visitor are not independent, visitors are: the variance is that of the residuals
 * `x − (sx / sy)·y` of the visitors (linearization, also called the delta method).
 * @param sxx sum of the squares of x; `sxy` of the products; `syy` of the squares of y
 * @see Cochran, "Sampling techniques", 3rd edition (1977), 2.11
 * @see Deng et al., "Applying the delta method in metric analytics", KDD 2018 https://doi.org/10.1145/3219819.3219919
 * @example ratioInterval(2, 3, 2, 5, 3, 2) // visitors of 1 and 2 pages in a session each
 */
export function ratioInterval(
  n: number,
  sx: number,
  sy: number,
  sxx: number,
  sxy: number,
  syy: number,
): Interval | null {
  if (n < 2 || sy === 0) return null
  const ratio = sx / sy
  const residuals = Math.max(0, sxx - 2 * ratio * sxy + ratio ** 2 * syy)
  const half = (studentT(n - 1) * Math.sqrt((residuals * n) / (n - 1))) / Math.abs(sy)
  return [ratio - half, ratio + half]
}
