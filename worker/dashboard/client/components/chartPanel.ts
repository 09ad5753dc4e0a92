import type { MetricId } from '../../../metrics/metricId'
import { granularityOf, type View } from '../../address'
import { chartQuestion, type MetricQuestion } from '../../questions'
import { chartTitle } from '../format/chartTitle'
import { timeSeriesCsv } from '../format/timeSeriesCsv'
import { metricName } from '../state/metricName'
import { chartOrReason, chartTogether, type Together } from './chartOrReason'
import { find } from './find'
import { importedNote } from './importedNote'
import { incompleteNote } from './incompleteNote'
import type { Mount } from './panel'
import { queryPanel } from './queryPanel'
import { refill } from './refill'

interface ChartOptions {
  /** Metrics that are drawn in one chart when one of them is shown. */
  readonly together?: Together
  /** Changes the question, such as its parameters. */
  readonly asks?: (question: MetricQuestion) => MetricQuestion
  /** Names a metric with its parameters. */
  readonly nameOf?: (id: MetricId) => string
}

/**
 * A chart of the metric that the view shows. Its heading is the metric and the granularity.
 * @param granularity that of the view by default; metrics of whole days have no hours
 */
export const chartPanel = (
  shownMetric: (view: View) => MetricId,
  granularity = granularityOf,
  { together, asks = question => question, nameOf = metricName }: ChartOptions = {},
): Mount => {
  const grouped = (view: View): View => ({ ...view, granularity: granularity(view) })
  const togetherIn = (view: View): Together | null => (together?.metrics.includes(shownMetric(view)) ? together : null)
  const metricsIn = (view: View): Together['metrics'] => togetherIn(view)?.metrics ?? [shownMetric(view)]
  // Several lines leave no space for those of another period, whose rows would be read for nothing.
  const compared = (view: View): View => (togetherIn(view) ? { ...view, compare: null } : view)
  return queryPanel({
    questions: view => [asks(chartQuestion(metricsIn(view), grouped(compared(view))))],
    draw: (body, [answer], view) => {
      if (!answer) return
      const [metric, several] = [shownMetric(view), togetherIn(view)]
      const section = body.closest('section')
      const name = several?.name ?? nameOf(metric)
      if (section) find('h2', section).textContent = chartTitle(name, granularity(view))
      const chart = several
        ? chartTogether(answer, several, grouped(view))
        : chartOrReason(answer, metric, grouped(view), name)
      refill(body, chart, incompleteNote(answer), importedNote(answer))
    },
    csv: ([answer], view) => timeSeriesCsv(answer, metricsIn(view)),
  })
}
