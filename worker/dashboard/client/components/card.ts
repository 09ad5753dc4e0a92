import type { Change, MetricValue } from '../../../../shared/question'
import type { Definition } from '../../page'
import { changeText, intervalText, number, valueText } from '../format/format'
import { h } from './dom'
import { statusText } from './states'

/** How a change is judged for the site's owner, in words; empty where it is not. */
const judgement = ({ better }: Definition, { verdict }: Change): 'better' | 'worse' | 'no clear change' | '' => {
  if (verdict === 'not_tested') return ''
  if (verdict === 'no_clear_change') return 'no clear change'
  return verdict === better ? 'better' : 'worse'
}

const CLASSES = { better: 'better', worse: 'worse', 'no clear change': 'unclear', '': 'untested' } as const

const arrowOf = ({ verdict, value }: Change): string => {
  if (verdict === 'no_clear_change' || !value) return '■'
  return value > 0 ? '▲' : '▼'
}

/** A change with its judgement, in words and not by colour alone. */
export const changeMark = (definition: Definition, value: MetricValue): HTMLElement | null => {
  const { change, previous } = value
  if (!change) return null
  if (previous === null || previous === undefined) return h('p', { class: 'change untested' }, 'No previous data')
  const before = `before: ${valueText(definition, previous, value.currency)}`
  if (change.value === null) return h('p', { class: 'change untested' }, before)
  const judged = judgement(definition, change)
  return h(
    'p',
    { class: `change ${CLASSES[judged]}`, title: before },
    h('span', { 'aria-hidden': 'true' }, `${arrowOf(change)} `),
    [changeText(definition, change.value), judged].filter(text => text !== '').join(', '),
  )
}

/** The uncertainty of a value and what it was made of. */
export const detailText = (definition: Definition, value: MetricValue): string => {
  const { numerator, denominator, pending } = value
  const parts: string[] = []
  const range = intervalText(definition, value)
  if (range) parts.push(`95% interval ${range}.`)
  if (definition.unit === 'ratio' && denominator)
    parts.push(`${valueText({ unit: 'count' }, numerator)} of ${valueText({ unit: 'count' }, denominator)}.`)
  if (pending > 0) parts.push(`${number(pending)} still open.`)
  const status = statusText(value)
  return status ? [...parts, status].join(' ') : parts.join(' ')
}

/**
 * A metric's value with its change, verdict and, on hover and focus, its interval and definition.
 * @param href what a click shows
 */
export const card = (definition: Definition, value: MetricValue, href: string, isShown: boolean): HTMLElement => {
  const detail = `detail-${definition.id}`
  return h(
    'li',
    { class: 'card', 'data-metric': definition.id, 'data-status': value.status },
    h(
      'a',
      { href, 'data-view': true, 'aria-current': isShown && 'true', 'aria-describedby': detail },
      h('span', { class: 'name' }, definition.name),
      h(
        'strong',
        { class: 'value', 'data-value': value.value ?? '' },
        valueText(definition, value.value, value.currency),
      ),
    ),
    changeMark(definition, value),
    h('p', { class: 'detail', id: detail, role: 'tooltip' }, `${detailText(definition, value)} ${definition.help}`),
    value.status !== 'ok' && h('p', { class: 'status' }, statusText(value)),
  )
}
