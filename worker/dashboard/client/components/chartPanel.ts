import type { MetricId } from '../../../metrics/metricId'
import { granularityOf, type View } from '../../address'
import { chartQuestion } from '../../questions'
import { chartTitle } from '../format/chartTitle'
import { timeSeriesCsv } from '../format/timeSeriesCsv'
import { definitionOf } from '../state/definitionOf'
import { chartOrReason } from './chartOrReason'
import { find } from './find'
import { importedNote } from './importedNote'
import { incompleteNote } from './incompleteNote'
import type { Mount } from './panel'
import { queryPanel } from './queryPanel'
import { refill } from './refill'

/**
 * A chart of the metric that the view shows. Its heading is the metric and the granularity.
 * @param granularity that of the view by default; metrics of whole days have no hours
 */
export const chartPanel = (shownMetric: (view: View) => MetricId, granularity = granularityOf): Mount => {
  const grouped = (view: View): View => ({ ...view, granularity: granularity(view) })
  return queryPanel({
    questions: view => [chartQuestion(shownMetric(view), grouped(view))],
    draw: (body, [answer], view) => {
      if (!answer) return
      const metric = shownMetric(view)
      const section = body.closest('section')
      if (section) find('h2', section).textContent = chartTitle(definitionOf(metric).name, granularity(view))
      refill(body, chartOrReason(answer, metric, grouped(view)), incompleteNote(answer), importedNote(answer))
    },
    csv: ([answer], view) => timeSeriesCsv(answer, shownMetric(view)),
  })
}
