import { Z } from './normal.ts'

/**
 * Between which of `n` values in ascending order, counted from 1, the median lies with at least 95 %
 * probability, whatever their distribution; `null` for n ≤ 5, too few for that.
 *
 * How many values lie below the median is binomial with probability 1/2, so the ranks are its
 * quantile 0.025, by the Cornish-Fisher expansion. The binomial is summed up to k as a density is
 * integrated up to k + 1/2, once its variance is taken smaller by 1/12 and its fourth cumulant larger
 * by 1/120 (Sheppard's corrections). The unit tests find the ranks of the exact binomial for every n.
 * @see Conover, "Practical nonparametric statistics", 3rd edition (1999), 3.2
 * @see Cornish, Fisher, "Moments and cumulants in the specification of distributions" (1938) https://doi.org/10.2307/1400905
 * @example medianRanks(10) // [2, 9]
 */
export function medianRanks(n: number): readonly [number, number] | null {
  const variance = n / 4 - 1 / 12
  const excess = -(n / 8 - 1 / 120) / variance ** 2
  const quantile = Z + (excess * (Z ** 3 - 3 * Z)) / 24
  const rank = Math.floor((n + 1) / 2 - Math.sqrt(variance) * quantile)
  return n > 5 ? [rank, n + 1 - rank] : null
}
