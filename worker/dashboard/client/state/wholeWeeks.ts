import type { Granularity } from '../../../../shared/question'
import { granularityOf, type View } from '../../address'

/** The granularity for metrics of few answers, which jump from day to day: weeks, unless the reader chose days. */
export const wholeWeeks = (view: View): Granularity =>
  view.granularity === null && granularityOf(view) === 'day' ? 'week' : granularityOf(view)
