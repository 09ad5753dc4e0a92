import { type CsvColumn, csvOf } from '../../../../shared/csv'
import type { Answer, MetricValue } from '../../../../shared/question'
import { about } from '../../questions'
import { cartTexts } from '../../texts/cart'
import { emptyState } from '../components/emptyState'
import { figure } from '../components/figure'
import { type Child, h } from '../components/h'
import { labelWithBar } from '../components/labelWithBar'
import { queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { table } from '../components/table'
import { warnings } from '../components/warnings'
import { number, percent } from '../format/number'
import { definitionOf } from '../state/definitionOf'

const { outcomes: texts } = cartTexts

const OUTCOMES = 'cart_abandonment_rate'
const RECOVERY = 'cart_recovery_rate'

const PARTS = [
  { part: 'converted', text: texts.converted },
  { part: 'emptied', text: texts.emptied },
  { part: 'abandoned', text: texts.abandoned },
] as const

const HEADS = [{ text: texts.carts }, { text: texts.number, number: true }, { text: texts.share, number: true }]

interface Outcome {
  readonly id: string
  readonly text: string
  readonly count: number
  /** `null` for carts that are not closed. */
  readonly share: number | null
}

/** How closed carts ended. The shares add up to 1. */
const closedOutcomesOf = ({ parts = {}, denominator }: MetricValue): Outcome[] =>
  PARTS.map(({ part, text }) => {
    const count = parts[part] ?? 0
    return { id: part, text, count, share: denominator ? count / denominator : null }
  })

const otherOutcomesOf = ({ parts = {}, pending }: MetricValue): Outcome[] => [
  { id: 'recovered', text: texts.recovered, count: parts.recovered ?? 0, share: null },
  { id: 'direct', text: texts.direct, count: parts.bought_without_cart ?? 0, share: null },
  { id: 'open', text: texts.open, count: pending, share: null },
]

const outcomes = (value: MetricValue): HTMLElement => {
  const rows = closedOutcomesOf(value).map(({ text, count, share }): Child[] => [
    labelWithBar(text, share ?? 0),
    number(count),
    share === null ? '–' : percent(share),
  ])
  return table(texts.table, HEADS, rows)
}

const otherFigures = (value: MetricValue): HTMLElement => {
  const list = otherOutcomesOf(value).map(({ id, text, count }) =>
    h('div', { 'data-part': id }, h('dt', {}, text), h('dd', {}, h('strong', { 'data-value': count }, number(count)))),
  )
  return h('dl', { class: 'facts' }, ...list)
}

const content = (carts: MetricValue, recovery: MetricValue | undefined): Child[] => {
  const nothing = carts.denominator === 0 && carts.pending === 0 && !carts.parts?.bought_without_cart
  if (nothing) return [emptyState(texts.none)]
  return [outcomes(carts), otherFigures(carts), recovery && figure(definitionOf(RECOVERY), recovery)]
}

const valueIn = (answer: Answer | undefined, metric: string) => answer?.rows[0]?.metrics[metric]

const COLUMNS: readonly CsvColumn<Outcome>[] = [
  { name: 'outcome', of: ({ text }) => text },
  { name: 'count', of: ({ count }) => count },
  { name: 'share_of_closed_carts', of: ({ share }) => share },
]

/** How carts ended, and which abandoned ones were recovered. */
export const recoveries = queryPanel({
  questions: view => [
    { ...about(view), metrics: [OUTCOMES], parameters: { [OUTCOMES]: { scope: 'cart' } } },
    { ...about(view), metrics: [RECOVERY] },
  ],
  draw: (body, [carts, recovery]) => {
    const value = valueIn(carts, OUTCOMES)
    if (value) refill(body, ...content(value, valueIn(recovery, RECOVERY)), ...warnings(recovery))
  },
  csv: ([carts]) => {
    const value = valueIn(carts, OUTCOMES)
    return csvOf(COLUMNS, value ? [...closedOutcomesOf(value), ...otherOutcomesOf(value)] : [])
  },
})
