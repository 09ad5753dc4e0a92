import { Z } from '../../../shared/normal'
import type { Interval } from '../../../shared/question'

/** A value above 0 and its variance. */
export interface Estimate {
  readonly value: number
  readonly variance: number
}

/**
 * The 95 % interval of `now / before − 1` for two independent estimates; `null` unless both are above 0.
 *
 * The quotient is skewed and cannot be below 0, but its logarithm is nearly normal. The interval is computed there, and so
 * is never below −100 %.
 * @see Katz et al., "Obtaining confidence intervals for the risk ratio in cohort studies", Biometrics 34 (1978)
 *   https://doi.org/10.2307/2530610
 * @example growthInterval({ value: 110, variance: 110 }, { value: 100, variance: 100 }) // [-0.1610, 0.4421]
 */
export const growthInterval = (now: Estimate, before: Estimate): Interval | null => {
  if (now.value <= 0 || before.value <= 0) return null
  const relative = ({ value, variance }: Estimate): number => variance / value ** 2
  const logarithm = Math.log(now.value / before.value)
  const half = Z * Math.sqrt(relative(now) + relative(before))
  const high = Math.expm1(logarithm + half)
  return Number.isFinite(high) ? [Math.expm1(logarithm - half), high] : null
}
