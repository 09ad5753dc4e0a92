import { CHANGE_DIMENSIONS, CHANGE_METRICS } from '../../../shared/changes'
import type { Question } from '../../../shared/question'

/** Groups of a dimension that are tested, the largest first. */
const MOST_GROUPS = 1000

/** What is asked beside the site: the periods, and filters that all of it passes. */
export type AskedChanges = Pick<Question, 'site' | 'period' | 'compare' | 'filters'>

/** The questions whose answers hold the changes: first the totals, then each dimension. */
export const changesQuestions = ({ compare = 'previous_period', ...asked }: AskedChanges): readonly Question[] => {
  const whole: Question = { ...asked, compare, metrics: CHANGE_METRICS }
  return [
    whole,
    ...CHANGE_DIMENSIONS.map(
      (dimension): Question => ({ ...whole, dimensions: [dimension], include_previous: true, limit: MOST_GROUPS }),
    ),
  ]
}
