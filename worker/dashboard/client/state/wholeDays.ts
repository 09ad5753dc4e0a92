import type { Granularity } from '../../../../shared/question'
import { granularityOf, type View } from '../../address'

/** The granularity for metrics of whole days, which have no hours. */
export const wholeDays = (view: View): Granularity => (granularityOf(view) === 'hour' ? 'day' : granularityOf(view))
