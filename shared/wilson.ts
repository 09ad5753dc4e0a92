import { Z } from './normal.ts'
import type { Interval } from './question.ts'

/**
 * Wilson's 95 % score interval of a share, `null` without trials.
 *
 * @see Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927)
 *   https://doi.org/10.1080/01621459.1927.10502953
 * @example wilson(1, 10) // [0.017876, 0.404150]
 */
export function wilson(successes: number, trials: number): Interval | null {
  if (trials === 0) return null
  const share = successes / trials
  const scale = 1 + Z ** 2 / trials
  const centre = (share + Z ** 2 / (2 * trials)) / scale
  const half = (Z * Math.sqrt((share * (1 - share)) / trials + Z ** 2 / (4 * trials ** 2))) / scale
  // At the ends the bound is the share itself, which rounding would miss.
  return [successes === 0 ? 0 : centre - half, successes === trials ? 1 : centre + half]
}
