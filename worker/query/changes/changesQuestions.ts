import { CHANGE_DIMENSIONS } from '../../../shared/changes'
import type { Question } from '../../../shared/question'

/** Groups of a dimension that are tested, the largest first. */
const MOST_GROUPS = 1000

/** Figures, and rates that tell how many visitors are behind them. */
export const COUNTED_METRICS = ['visitors', 'conversions', 'conversion_rate']
const METRICS = [...COUNTED_METRICS, 'revenue']
export const GOAL_METRICS = ['goal_conversions', 'goal_conversion_rate']

/** What is asked beside the site: the periods, and filters that all of it passes. */
export type AskedChanges = Pick<Question, 'site' | 'period' | 'compare' | 'filters'>

/**
 * The questions whose answers hold the changes: first the totals, then each dimension in its order.
 * @param hasGoals whether the site has goals
 * @param tested the metrics of dimensions other than goals: rollups hold `COUNTED_METRICS`, and money is read from events
 */
export const changesQuestions = (
  { compare = 'previous_period', ...asked }: AskedChanges,
  hasGoals: boolean,
  tested = METRICS,
): readonly Question[] => {
  const about = (metrics: readonly string[]): Question => ({ ...asked, compare, metrics })
  const dimensions = CHANGE_DIMENSIONS.filter(dimension => hasGoals || dimension !== 'goal')
  return [
    about(hasGoals ? [...tested, ...GOAL_METRICS] : tested),
    ...dimensions.map(
      (dimension): Question => ({
        ...about(dimension === 'goal' ? GOAL_METRICS : tested),
        dimensions: [dimension],
        include_previous: true,
        limit: MOST_GROUPS,
      }),
    ),
  ]
}
