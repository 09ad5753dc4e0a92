import type { DateRange, Question } from '../../shared/question'
import { HEADLINE_METRICS } from '../metrics/headlineMetrics'
import { COUNTED_METRICS, changesQuestions } from '../query/changes/changesQuestions'

/** The figures of a report, in their order. */
export const REPORT_METRICS = HEADLINE_METRICS

/** Weeks and months are compared with the same weekdays before. */
const COMPARE = 'previous_weekdays'

/** The questions of a report: its figures, its days, and then those of the changes. */
export const reportQuestions = (site: string, { from, to }: DateRange, hasGoals: boolean): readonly Question[] => {
  const period = { from, to }
  return [
    { site, period, compare: COMPARE, metrics: REPORT_METRICS },
    { site, period, granularity: 'day', metrics: ['pageviews'] },
    ...changesQuestions({ site, period, compare: COMPARE }, hasGoals, COUNTED_METRICS),
  ]
}
