import { Z } from '../../../shared/normal'
import type { Interval } from '../../../shared/question'

/**
 * The variance of a normal estimate with this symmetric interval. For small samples Student's interval is wider than 1.96
 * standard errors, and tests that use this variance stay as careful.
 */
export const varianceOf = (interval: Interval | null): number | null =>
  interval && ((interval[1] - interval[0]) / 2 / Z) ** 2
