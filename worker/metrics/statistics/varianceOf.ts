import type { Interval } from '../../../shared/question'
import { Z } from './normal'

/**
 * The variance by which a normal estimate would have this symmetric interval. Of few units Student's is wider than
 * 1.96 standard errors, and what is derived from it stays as careful.
 */
export const varianceOf = (interval: Interval | null): number | null =>
  interval && ((interval[1] - interval[0]) / 2 / Z) ** 2
