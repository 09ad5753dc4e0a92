import type { Interval } from '../../../shared/question'
import { Z } from './normal'

/**
 * The 95 % interval of a net promoter score, −100 to 100: each answer is worth 1, 0 or −1.
 * @example npsInterval(50, 20, 100) // 30 ± 15.31
 */
export const npsInterval = (promoters: number, detractors: number, answers: number): Interval | null => {
  if (answers === 0) return null
  const mean = (promoters - detractors) / answers
  const variance = (promoters + detractors) / answers - mean ** 2
  const half = 100 * Z * Math.sqrt(Math.max(0, variance) / answers)
  return [Math.max(-100, 100 * mean - half), Math.min(100, 100 * mean + half)]
}
