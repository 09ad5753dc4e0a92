import type { Change, MetricValue } from '../../../../shared/question'
import type { Definition } from '../../page'
import { arrowOf } from '../format/arrowOf'
import { changeText } from '../format/changeText'
import { valueText } from '../format/valueText'
import { h } from './h'

interface Judgement {
  readonly look: 'better' | 'worse' | 'unclear' | 'untested'
  /** The meaning of colour and arrow, in words. */
  readonly words: string
}

const judgementOf = ({ better }: Definition, { verdict, value }: Change): Judgement => {
  const direction = (value ?? 0) > 0 ? 'up' : 'down'
  if (verdict === 'not_tested') return { look: 'untested', words: value ? direction : '' }
  if (verdict === 'no_clear_change') return { look: 'unclear', words: 'not significant' }
  return verdict === better
    ? { look: 'better', words: `${direction}, improved` }
    : { look: 'worse', words: `${direction}, declined` }
}

/** Beside an arrow that points up or down, an amount needs no sign. */
const amountOf = (definition: Definition, value: number, arrow: string): string =>
  arrow === '≈' ? changeText(definition, value) : changeText(definition, Math.abs(value)).replace('+', '')

/** A change with its verdict by arrow and colour, and in words for screen readers and as a tooltip. */
export const changeMark = (definition: Definition, value: MetricValue): HTMLElement | null => {
  const { change, previous } = value
  if (!change) return null
  if (previous === null || previous === undefined) return h('p', { class: 'change untested' }, 'No previous data')
  const before = `Previous period: ${valueText(definition, previous, value.currency)}`
  if (change.value === null) return h('p', { class: 'change untested' }, before)
  const { look, words } = judgementOf(definition, change)
  const arrow = arrowOf(change)
  return h(
    'p',
    { class: `change ${look}`, title: look === 'unclear' ? `${before}. The change is not significant.` : before },
    h('span', { 'aria-hidden': 'true' }, `${arrow} `),
    amountOf(definition, change.value, arrow),
    words !== '' && h('span', { class: 'unseen' }, ` ${words}`),
  )
}

export const hasChange = (value: MetricValue | undefined): boolean => typeof value?.change?.value === 'number'
