import { Z } from '../../../shared/normal.ts'
import type { Interval } from '../../../shared/question.ts'

/** Up to here the quantile is exact; beyond it the expansion is correct to eight digits. */
const MOST_EXACT = 200

/**
 * Garwood's exact 95 % interval of the mean of a Poisson count, for a whole number of events.
 *
 * Its bounds are half the quantiles of chi-square distributions with 2·count and 2·count + 2 degrees
 * of freedom, in other words quantiles of the gamma distribution.
 * @see Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936)
 *   https://doi.org/10.1093/biomet/28.3-4.437
 * @example garwood(5) // [1.6235, 11.6683]
 */
export const garwood = (count: number): Interval => [
  count === 0 ? 0 : gammaQuantile(count, 0.025, -Z),
  gammaQuantile(count + 1, 0.975, Z),
]

/** The quantile of the gamma distribution of a whole shape; `z` is the normal quantile of the same probability. */
function gammaQuantile(shape: number, probability: number, z: number): number {
  let quantile = expansion(shape, z)
  if (shape > MOST_EXACT) return quantile
  for (let step = 0; step < 50; step++) {
    const { below, density } = gamma(shape, quantile)
    const next = Math.max(quantile / 2, quantile - (below - probability) / density)
    if (Math.abs(next - quantile) < 1e-13 * quantile) return next
    quantile = next
  }
  return quantile
}

/** For a whole shape the probability is a Poisson sum, whose last term is the density: so Newton's method costs nothing more. */
function gamma(shape: number, quantile: number): { below: number; density: number } {
  let term = Math.exp(-quantile)
  let above = term
  for (let count = 1; count < shape; count++) {
    term *= quantile / count
    above += term
  }
  return { below: 1 - above, density: term }
}

/**
 * The Cornish-Fisher expansion of the chi-square quantile, for the gamma distribution.
 * @see Goldberg, Levine, "Approximate formulas for the percentage points and normalization of t and
 *   chi-square", Annals of Mathematical Statistics 17 (1946) https://doi.org/10.1214/aoms/1177730982
 */
function expansion(shape: number, z: number): number {
  const root = Math.sqrt(shape)
  return (
    shape +
    z * root +
    (z ** 2 - 1) / 3 +
    (z ** 3 - 7 * z) / (36 * root) -
    (3 * z ** 4 + 7 * z ** 2 - 16) / (810 * shape) +
    (9 * z ** 5 + 256 * z ** 3 - 433 * z) / (38_880 * shape * root)
  )
}
