import type { Answer, MetricValue } from '../../../../shared/question'
import { about } from '../../questions'
import { cartTexts } from '../../texts/cart'
import { fill } from '../../texts/fill'
import { figure } from '../components/figure'
import { h } from '../components/h'
import { queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { warnings } from '../components/warnings'
import { figuresCsv } from '../format/figuresCsv'
import { definitionOf } from '../state/definitionOf'

const { coverage } = cartTexts

const METRIC = 'order_coverage'

const valueIn = (answer: Answer | undefined): MetricValue | undefined => answer?.rows[0]?.metrics[METRIC]

const unseenText = ({ numerator, denominator }: MetricValue): string => {
  if (numerator === 0) return coverage.noneSeen
  const unseen = (denominator ?? 0) - (numerator ?? 0)
  return unseen === 0 ? coverage.complete : fill(coverage.unseen, { count: unseen })
}

/** How many of the shop's orders a browser sent, too. Hidden where neither a server nor a webhook reports orders. */
export const orderCoverage = queryPanel({
  questions: view => [{ ...about(view), metrics: [METRIC] }],
  draw: (body, [answer]) => {
    const value = valueIn(answer)
    const hasReported = (value?.denominator ?? 0) > 0
    body.closest('section')?.toggleAttribute('hidden', !hasReported)
    if (value && hasReported)
      refill(body, figure(definitionOf(METRIC), value), h('p', {}, unseenText(value)), ...warnings(answer))
  },
  csv: ([answer]) => {
    const value = valueIn(answer)
    return figuresCsv(value ? [{ definition: definitionOf(METRIC), value }] : [])
  },
})
