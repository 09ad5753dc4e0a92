import type { Answer, Granularity, MetricValue } from '../../../../shared/question'
import type { MetricId } from '../../../metrics/metricId'
import { granularityOf, type View } from '../../address'
import { type Columns, cardsQuestion, chartQuestion } from '../../questions'
import { figuresCsv } from '../format/figuresCsv'
import { definitionOf } from '../state/page'
import { refill } from '../state/refill'
import { hrefOf, withOwn } from '../state/view'
import { card } from './card'
import { h } from './dom'
import { asked, type Mount } from './panel'
import { metricChart, overTimeCsv } from './series'
import { empty, notes, nothingYet, statusText } from './states'

/** The metric of these that is drawn: the one whose card was chosen last. */
export const drawnOf =
  (metrics: Columns) =>
  ({ own }: View): MetricId =>
    metrics.find(id => id === own.metric) ?? metrics[0]

/** What a panel of cards may leave out and add. */
interface CardsOptions {
  /** Whether a card is shown at all; every one is unless told. */
  readonly shows?: (id: MetricId, value: MetricValue) => boolean
  /** What stands below the cards. */
  readonly below?: (values: Readonly<Record<string, MetricValue>>) => readonly HTMLElement[]
}

/** Cards of metrics; a click on one draws it. */
export const cardsOf = (
  metrics: readonly MetricId[],
  drawn: (view: View) => MetricId,
  { shows = () => true, below = () => [] }: CardsOptions = {},
): Mount => {
  const figuresIn = (values: Readonly<Record<string, MetricValue>>) =>
    metrics.flatMap(id => {
      const value = values[id]
      return value && shows(id, value) ? [{ definition: definitionOf(id), value }] : []
    })
  return asked({
    questions: view => [cardsQuestion(metrics, view)],
    draw: (body, [answer], view) => {
      const values = answer?.rows[0]?.metrics ?? {}
      const list = figuresIn(values).map(({ definition, value }) =>
        card(definition, value, hrefOf(withOwn({ metric: definition.id })), definition.id === drawn(view)),
      )
      refill(body, h('ul', { class: 'cards row' }, ...list), ...below(values), ...notes(answer))
    },
    csv: ([answer]) => figuresCsv(figuresIn(answer?.rows[0]?.metrics ?? {})),
  })
}

/** Nothing happened, or there is no value at any time; a rate of 0 is a value. */
const isEmpty = ({ rows }: Answer, metric: MetricId): boolean => {
  const isCount = definitionOf(metric).unit === 'count'
  const lacks = (value: number | null | undefined): boolean =>
    value === null || value === undefined || (isCount && value === 0)
  return rows.every(({ metrics }) => lacks(metrics[metric]?.value) && lacks(metrics[metric]?.previous))
}

const NEEDS: readonly string[] = ['needs_input', 'needs_identity', 'pending']

/** A metric of an answer over time; or why there is nothing to draw: what the API says is missing, else that nothing came. */
export const chartOrReason = (answer: Answer, metric: MetricId, view: View): HTMLElement => {
  if (!isEmpty(answer, metric)) return metricChart(answer, metric, view)
  const lacking = answer.rows.map(row => row.metrics[metric]).find(value => value && NEEDS.includes(value.status))
  return lacking ? empty(statusText(lacking)) : nothingYet(view)
}

/**
 * The chosen metric over time.
 * @param finest of metrics that count days, which have no hours
 */
export const overTime = (drawn: (view: View) => MetricId, finest: Granularity = 'hour'): Mount => {
  const cut = (view: View): View => ({
    ...view,
    granularity: finest === 'day' && granularityOf(view) === 'hour' ? 'day' : granularityOf(view),
  })
  return asked({
    questions: view => [chartQuestion(drawn(view), cut(view))],
    draw: (body, [answer], view) => {
      if (!answer) return
      const metric = drawn(view)
      const title = h('h3', {}, definitionOf(metric).name)
      refill(body, title, chartOrReason(answer, metric, cut(view)))
    },
    csv: ([answer], view) => overTimeCsv(answer, drawn(view)),
  })
}
