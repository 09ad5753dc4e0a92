import { Z } from '../../../shared/normal'
import type { Interval } from '../../../shared/question'

/**
 * The 95 % interval of a sum of a Poisson number of amounts. The sum of their squares estimates its variance.
 * @see Feller, "An introduction to probability theory and its applications", volume 1, 3rd edition (1968), XII.2
 * @example compoundPoisson(38_700, 120 * 322.5 ** 2) // [31_775.8, 45_624.2]
 */
export const compoundPoisson = (sum: number, sumOfSquares: number): Interval => {
  const half = Z * Math.sqrt(sumOfSquares)
  return [sum - half, sum + half]
}
