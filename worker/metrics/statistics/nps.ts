import { Z } from '../../../shared/normal'
import type { Interval } from '../../../shared/question'

/** The variance of a net promoter score: each answer is worth 100, 0 or −100. */
export const npsVariance = (promoters: number, detractors: number, answers: number): number => {
  const mean = (promoters - detractors) / answers
  const variance = (promoters + detractors) / answers - mean ** 2
  return (10_000 * Math.max(0, variance)) / answers
}

/**
 * The 95 % interval of a net promoter score, −100 to 100.
 * @example npsInterval(50, 20, 100) // 30 ± 15.31
 */
export const npsInterval = (promoters: number, detractors: number, answers: number): Interval | null => {
  if (answers === 0) return null
  const score = (100 * (promoters - detractors)) / answers
  const half = Z * Math.sqrt(npsVariance(promoters, detractors, answers))
  return [Math.max(-100, score - half), Math.min(100, score + half)]
}
