import type { MetricId } from '../../../metrics/metricId'
import { granularityOf, type View } from '../../address'
import { chartQuestion } from '../../questions'
import { chartTitle } from '../format/chartTitle'
import { timeSeriesCsv } from '../format/timeSeriesCsv'
import { definitionOf } from '../state/definitionOf'
import { chartOrReason, chartTogether, type Together } from './chartOrReason'
import { find } from './find'
import { importedNote } from './importedNote'
import { incompleteNote } from './incompleteNote'
import type { Mount } from './panel'
import { queryPanel } from './queryPanel'
import { refill } from './refill'

/**
 * A chart of the metric that the view shows. Its heading is the metric and the granularity.
 * @param granularity that of the view by default; metrics of whole days have no hours
 * @param together metrics that are drawn in one chart when one of them is shown
 */
export const chartPanel = (
  shownMetric: (view: View) => MetricId,
  granularity = granularityOf,
  together: Together | null = null,
): Mount => {
  const grouped = (view: View): View => ({ ...view, granularity: granularity(view) })
  const togetherIn = (view: View): Together | null => (together?.metrics.includes(shownMetric(view)) ? together : null)
  const metricsIn = (view: View): Together['metrics'] => togetherIn(view)?.metrics ?? [shownMetric(view)]
  return queryPanel({
    questions: view => [chartQuestion(metricsIn(view), grouped(view))],
    draw: (body, [answer], view) => {
      if (!answer) return
      const [metric, several] = [shownMetric(view), togetherIn(view)]
      const section = body.closest('section')
      const name = several?.name ?? definitionOf(metric).name
      if (section) find('h2', section).textContent = chartTitle(name, granularity(view))
      const chart = several
        ? chartTogether(answer, several, grouped(view))
        : chartOrReason(answer, metric, grouped(view))
      refill(body, chart, incompleteNote(answer), importedNote(answer))
    },
    csv: ([answer], view) => timeSeriesCsv(answer, metricsIn(view)),
  })
}
