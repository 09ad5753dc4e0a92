import type { Answer, MetricValue } from '../../../../shared/question'
import { about } from '../../questions'
import { barred } from '../bar'
import { type Child, h } from '../dom'
import { figure } from '../figure'
import { number, percent } from '../format'
import { definitionOf } from '../page'
import { asked } from '../panel'
import { refill } from '../refill'
import { empty, notes } from '../states'
import { table } from '../table'

const OUTCOMES = 'cart_abandonment_rate'
const RECOVERY = 'cart_recovery_rate'

const PARTS = [
  { part: 'converted', text: 'Bought' },
  { part: 'emptied', text: 'Emptied' },
  { part: 'abandoned', text: 'Left with goods in them' },
] as const

const HEADS = [{ text: 'Carts' }, { text: 'Number', number: true }, { text: 'Of those that ended', number: true }]

const outcomes = ({ parts = {}, denominator }: MetricValue): HTMLElement => {
  const ended = denominator ?? 0
  const rows = PARTS.map(({ part, text }): Child[] => {
    const share = ended === 0 ? 0 : (parts[part] ?? 0) / ended
    return [barred(text, share), number(parts[part] ?? 0), ended === 0 ? '–' : percent(share)]
  })
  return table('What became of carts', HEADS, rows)
}

/** What is no part of the carts above. */
const besides = ({ parts = {}, pending }: MetricValue): HTMLElement => {
  const facts = [
    ['recovered', 'Left, and bought within 30 days after all', parts.recovered ?? 0],
    ['bought_without_cart', 'Purchases without a cart', parts.bought_without_cart ?? 0],
    ['pending', 'Still open', pending],
  ] as const
  const list = facts.map(([id, text, value]) =>
    h('div', { 'data-part': id }, h('dt', {}, text), h('dd', {}, h('strong', { 'data-value': value }, number(value)))),
  )
  return h('dl', { class: 'facts' }, ...list)
}

const NONE = 'No cart was opened in this period; send add_to_cart, or choose a longer period.'

const drawn = (carts: MetricValue, recovery: MetricValue | undefined): Child[] => {
  const nothing = carts.denominator === 0 && carts.pending === 0 && !carts.parts?.bought_without_cart
  if (nothing) return [empty(NONE)]
  return [outcomes(carts), besides(carts), recovery && figure(definitionOf(RECOVERY), recovery)]
}

const only = (answer: Answer | undefined, metric: string) => answer?.rows[0]?.metrics[metric]

/** How carts ended, and which of those that were left were bought after all. */
export const recoveries = asked({
  questions: view => [
    { ...about(view), metrics: [OUTCOMES], parameters: { [OUTCOMES]: { scope: 'cart' } } },
    { ...about(view), metrics: [RECOVERY] },
  ],
  draw: (body, [carts, recovery]) => {
    const value = only(carts, OUTCOMES)
    if (value) refill(body, ...drawn(value, only(recovery, RECOVERY)), ...notes(recovery))
  },
})
