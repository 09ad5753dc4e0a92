import type { Fact } from '../fact.ts'
import { happened, type Metric, ratio, type Scope } from '../scope.ts'
import { answersThatCount, scoreOf } from '../surveys.ts'

/** The answers that count in the period, restricted to the cell. */
export const answersOf = (scope: Scope, kind: 'nps' | 'csat'): Fact[] => {
  const counting = new Set(answersThatCount(scope.whole, kind))
  return happened(scope).filter(fact => counting.has(fact))
}

const nps: Metric = scope => {
  const scores = answersOf(scope, 'nps').map(scoreOf)
  const promoters = scores.filter(score => score >= 9).length
  const detractors = scores.filter(score => score <= 6).length
  return {
    value: scores.length === 0 ? null : (100 * (promoters - detractors)) / scores.length,
    denominator: scores.length,
  }
}

const shareOfNps =
  (least: number, most: number): Metric =>
  scope => {
    const scores = answersOf(scope, 'nps').map(scoreOf)
    return ratio(scores.filter(score => least <= score && score <= most).length, scores.length)
  }

const csat: Metric = scope => {
  const scores = answersOf(scope, 'csat').map(scoreOf)
  return ratio(scores.filter(score => score >= 4).length, scores.length)
}

export const SURVEYS = {
  nps,
  nps_promoters: shareOfNps(9, 10),
  nps_passives: shareOfNps(7, 8),
  nps_detractors: shareOfNps(0, 6),
  csat,
} as const satisfies Record<string, Metric>
