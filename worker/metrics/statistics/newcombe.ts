import type { Interval } from '../../../shared/question.ts'
import { wilson } from '../../../shared/wilson.ts'

/**
 * Newcombe's 95 % interval of a difference of two independent shares, `x1/n1 − x2/n2`; `null` when
 * either has no trials. Holding 0 means that neither is clearly larger.
 *
 * @see Newcombe, "Interval estimation for the difference between independent proportions: comparison
 *   of eleven methods", Statistics in Medicine 17 (1998), method 10
 *   https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C873::AID-SIM779%3E3.0.CO;2-I
 * @example newcombe(56, 70, 48, 80) // [0.0524, 0.3339]
 */
export function newcombe(x1: number, n1: number, x2: number, n2: number): Interval | null {
  const [first, second] = [wilson(x1, n1), wilson(x2, n2)]
  if (!first || !second) return null
  const [p1, p2] = [x1 / n1, x2 / n2]
  const below = Math.hypot(p1 - first[0], second[1] - p2)
  const above = Math.hypot(first[1] - p1, p2 - second[0])
  return [p1 - p2 - below, p1 - p2 + above]
}
