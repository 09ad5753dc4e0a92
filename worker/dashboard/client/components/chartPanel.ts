import type { Granularity } from '../../../../shared/question'
import type { MetricId } from '../../../metrics/metricId'
import { granularityOf, type View } from '../../address'
import { chartQuestion } from '../../questions'
import { timeSeriesCsv } from '../format/timeSeriesCsv'
import { definitionOf } from '../state/definitionOf'
import { chartOrReason } from './chartOrReason'
import { h } from './h'
import { incompleteNote } from './incompleteNote'
import type { Mount } from './panel'
import { queryPanel } from './queryPanel'
import { refill } from './refill'

/**
 * A chart of the metric that the view shows.
 * @param finest `day` for metrics of whole days, which have no hours
 */
export const chartPanel = (shownMetric: (view: View) => MetricId, finest: Granularity = 'hour'): Mount => {
  const cut = (view: View): View => ({
    ...view,
    granularity: finest === 'day' && granularityOf(view) === 'hour' ? 'day' : granularityOf(view),
  })
  return queryPanel({
    questions: view => [chartQuestion(shownMetric(view), cut(view))],
    draw: (body, [answer], view) => {
      if (!answer) return
      const metric = shownMetric(view)
      const title = h('h3', {}, definitionOf(metric).name)
      refill(body, title, chartOrReason(answer, metric, cut(view)), incompleteNote(answer))
    },
    csv: ([answer], view) => timeSeriesCsv(answer, shownMetric(view)),
  })
}
