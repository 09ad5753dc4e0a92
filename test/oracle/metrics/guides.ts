import { type GuideRun, guideRuns, lastStepOf } from '../guides.ts'
import { count, inBucket, type Metric, median, named, ratio, type Scope, sum, type Truth } from '../scope.ts'

const isOfPeriod = ({ period }: Scope, day = '') => period.from <= day && day <= period.to

const runsOf = (scope: Scope): GuideRun[] =>
  guideRuns(scope.selection.facts, scope.now).filter(({ begin }) => inBucket(scope, begin))

const shareOfRuns =
  (outcome: GuideRun['outcome']): Metric =>
  scope => {
    const runs = runsOf(scope)
    const finished = runs.filter(run => run.outcome !== 'open')
    return {
      ...ratio(finished.filter(run => run.outcome === outcome).length, finished.length),
      pending: runs.length - finished.length,
    }
  }

/**
 * By step, the share of runs that reached it and went no further; all guides together. A guide has as
 * many steps as its runs in the whole period report.
 */
export const dropoffBySteps = (scope: Scope): Map<number, Truth> => {
  const steps = new Map<number, { left: number; reached: number }>()
  const ofPeriod = guideRuns(scope.selection.facts, scope.now).filter(({ facts: [first] }) =>
    isOfPeriod(scope, first?.day),
  )
  for (const runs of Map.groupBy(ofPeriod, ({ guide }) => guide).values()) {
    const finished = runs.filter(({ outcome, begin }) => outcome !== 'open' && inBucket(scope, begin))
    for (let step = 1; step < lastStepOf(runs); step++) {
      const { left, reached } = steps.get(step) ?? { left: 0, reached: 0 }
      steps.set(step, {
        left: left + finished.filter(({ furthestStep }) => furthestStep === step).length,
        reached: reached + finished.filter(({ furthestStep }) => furthestStep >= step).length,
      })
    }
  }
  return new Map([...steps].map(([step, { left, reached }]) => [step, ratio(left, reached)]))
}

const dropoff: Metric = scope => {
  const steps = [...dropoffBySteps(scope).values()]
  return ratio(sum(steps.map(({ numerator }) => numerator ?? 0)), sum(steps.map(({ denominator = 0 }) => denominator)))
}

const secondsToComplete = ({ facts, begin }: GuideRun) =>
  ((facts.find(named('guide_complete'))?.time ?? Number.NaN) - begin) / 1000

export const secondsOfCompleted = (scope: Scope): number[] =>
  runsOf(scope)
    .filter(({ outcome }) => outcome === 'completed')
    .map(secondsToComplete)

const timeToComplete: Metric = scope => ({ value: median(secondsOfCompleted(scope)) })

export const GUIDES = {
  guide_views: scope => count(runsOf(scope).length),
  guide_viewers: scope => count(new Set(runsOf(scope).map(({ person }) => person)).size),
  guide_completion_rate: shareOfRuns('completed'),
  guide_dismiss_rate: shareOfRuns('dismissed'),
  guide_step_dropoff: dropoff,
  guide_time_to_complete: timeToComplete,
} as const satisfies Record<string, Metric>
