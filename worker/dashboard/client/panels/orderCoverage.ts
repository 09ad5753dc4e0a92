import type { Answer, MetricValue } from '../../../../shared/question'
import { about } from '../../questions'
import { figure } from '../components/figure'
import { h } from '../components/h'
import { queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { warnings } from '../components/warnings'
import { figuresCsv } from '../format/figuresCsv'
import { number } from '../format/number'
import { definitionOf } from '../state/definitionOf'

const METRIC = 'order_coverage'

const valueIn = (answer: Answer | undefined): MetricValue | undefined => answer?.rows[0]?.metrics[METRIC]

const NONE_SEEN =
  'The tag saw none of them: their purchase is sent by your server or shop only. To compare, send purchase from the page too, with the same transaction_id.'

const unseenText = ({ numerator, denominator }: MetricValue): string => {
  if (numerator === 0) return NONE_SEEN
  const unseen = (denominator ?? 0) - (numerator ?? 0)
  return unseen === 0
    ? 'The tag saw every order.'
    : `${number(unseen)} ${unseen === 1 ? 'order was' : 'orders were'} not seen in a browser, so ${unseen === 1 ? 'it has' : 'they have'} no source: the script was blocked, or the order was placed elsewhere. Revenue includes ${unseen === 1 ? 'it' : 'them'}.`
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
