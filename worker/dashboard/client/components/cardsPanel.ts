import type { MetricValue } from '../../../../shared/question'
import type { MetricId } from '../../../metrics/metricId'
import type { View } from '../../address'
import { cardsQuestion, type MetricQuestion } from '../../questions'
import { figuresCsv } from '../format/figuresCsv'
import { definitionOf } from '../state/definitionOf'
import { metricName } from '../state/metricName'
import { hrefOf, withOwn } from '../state/view'
import { card } from './card'
import { h } from './h'
import type { Mount } from './panel'
import { queryPanel } from './queryPanel'
import { refill } from './refill'
import { warnings } from './warnings'

interface CardsOptions {
  /** Whether to show a card; all by default. */
  readonly shows?: (id: MetricId, value: MetricValue) => boolean
  /** Metrics that share a chart. */
  readonly together?: readonly string[]
  /** Changes the question, such as its parameters. */
  readonly asks?: (question: MetricQuestion) => MetricQuestion
  /** Names a metric with its parameters. */
  readonly nameOf?: (id: MetricId) => string
  /** Elements below the cards. */
  readonly below?: (values: Readonly<Record<string, MetricValue>>) => readonly HTMLElement[]
}

const same = (question: MetricQuestion): MetricQuestion => question

/** A panel of cards; a click on one charts its metric. */
export const cardsPanel = (
  metrics: readonly MetricId[],
  shownMetric: (view: View) => MetricId,
  { shows = () => true, together = [], asks = same, nameOf = metricName, below = () => [] }: CardsOptions = {},
): Mount => {
  const figuresIn = (values: Readonly<Record<string, MetricValue>>) =>
    metrics.flatMap(id => {
      const value = values[id]
      return value && shows(id, value) ? [{ definition: { ...definitionOf(id), name: nameOf(id) }, value }] : []
    })
  const isShown = (id: string, shown: string): boolean =>
    id === shown || (together.includes(id) && together.includes(shown))
  return queryPanel({
    questions: view => [asks(cardsQuestion(metrics, view))],
    draw: (body, [answer], view) => {
      const values = answer?.rows[0]?.metrics ?? {}
      const list = figuresIn(values).map(({ definition, value }) =>
        card(definition, value, hrefOf(withOwn({ metric: definition.id })), isShown(definition.id, shownMetric(view))),
      )
      refill(body, h('ul', { class: 'cards row' }, ...list), ...below(values), ...warnings(answer))
    },
    csv: ([answer]) => figuresCsv(figuresIn(answer?.rows[0]?.metrics ?? {})),
  })
}
