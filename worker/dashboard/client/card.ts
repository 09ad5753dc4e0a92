import type { MetricValue } from '../../../shared/question'
import type { Definition } from '../page'
import { h } from './dom'
import { changeText, intervalText, number, valueText } from './format'
import { statusText } from './states'

/** What a change means for who owns the site: whether it is one, and whether it is welcome. */
export const verdictOf = ({ better }: Definition, { change }: MetricValue): 'better' | 'worse' | 'unclear' => {
  if (!change || change.verdict === 'no_clear_change') return 'unclear'
  return change.verdict === better ? 'better' : 'worse'
}

const VERDICTS = { better: 'better', worse: 'worse', unclear: 'no clear change' } as const
const ARROWS = { up: '▲', down: '▼', no_clear_change: '■' } as const

/** A change with its verdict, in words and not by colour alone. */
export const changeMark = (definition: Definition, value: MetricValue): HTMLElement | null => {
  const { change, previous } = value
  if (!change) return null
  if (change.value === null) return h('p', { class: 'change unclear' }, 'nothing to compare with')
  const verdict = verdictOf(definition, value)
  const before = `before: ${valueText(definition, previous ?? null, value.currency)}`
  return h(
    'p',
    { class: `change ${verdict}`, title: before },
    h('span', { 'aria-hidden': 'true' }, `${ARROWS[change.verdict]} `),
    `${changeText(definition, change.value)}, ${VERDICTS[verdict]}`,
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
