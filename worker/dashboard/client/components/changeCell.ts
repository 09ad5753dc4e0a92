import type { MetricValue } from '../../../../shared/question'
import type { Definition } from '../../page'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { changeBeside } from '../format/changeBeside'
import { valueText } from '../format/valueText'
import { h } from './h'

const { changes } = clientFrameTexts

/** A change in a table: an arrow, a colour and a number, with the previous value as a tooltip. */
export const changeCell = (definition: Definition, value: MetricValue | undefined): HTMLElement | null => {
  const { change, previous } = value ?? {}
  if (!value || !change) return null
  if (change.value === null || previous === null || previous === undefined)
    return h('span', { class: 'change', title: changes.noPrevious }, '–')
  const { verdict, value: amount } = change
  const before = fill(changes.previous, { value: valueText(definition, previous, value.currency) })
  const look = (kind: string, arrow: string, words: string): HTMLElement =>
    h(
      'span',
      { class: `change ${kind}`, title: before },
      h('span', { 'aria-hidden': 'true' }, arrow),
      changeBeside(arrow, definition, amount),
      words !== '' && h('span', { class: 'unseen' }, `, ${words}`),
    )
  if (verdict === 'no_clear_change') return look('unclear', '≈ ', changes.unclear)
  const arrow = amount > 0 ? '▲ ' : amount < 0 ? '▼ ' : ''
  if (verdict === 'not_tested') return look('untested', arrow, '')
  return verdict === definition.better
    ? look('better', arrow, changes.improved)
    : look('worse', arrow, changes.declined)
}
