import type { Change, MetricValue } from '../../../../shared/question'
import type { Definition } from '../../page'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { arrowOf } from '../format/arrowOf'
import { changeBeside } from '../format/changeBeside'
import { valueText } from '../format/valueText'
import { h } from './h'

const { changes } = clientFrameTexts

interface Judgement {
  readonly look: 'better' | 'worse' | 'unclear' | 'untested'
  /** The meaning of colour and arrow, in words. */
  readonly words: string
}

const judgementOf = ({ better }: Definition, { verdict, value }: Change): Judgement => {
  const isUp = (value ?? 0) > 0
  const [direction, improved, declined] = isUp
    ? [changes.up, changes.upImproved, changes.upDeclined]
    : [changes.down, changes.downImproved, changes.downDeclined]
  if (verdict === 'not_tested') return { look: 'untested', words: value ? direction : '' }
  if (verdict === 'no_clear_change') return { look: 'unclear', words: changes.unclear }
  return verdict === better ? { look: 'better', words: improved } : { look: 'worse', words: declined }
}

/** A change with its verdict by arrow and colour, and in words for screen readers and as a tooltip. */
export const changeMark = (definition: Definition, value: MetricValue): HTMLElement | null => {
  const { change, previous } = value
  if (!change) return null
  if (previous === null || previous === undefined) return h('p', { class: 'change untested' }, changes.noPrevious)
  const compared = { value: valueText(definition, previous, value.currency) }
  if (change.value === null) return h('p', { class: 'change untested' }, fill(changes.previous, compared))
  const { look, words } = judgementOf(definition, change)
  const arrow = arrowOf(change)
  return h(
    'p',
    { class: `change ${look}`, title: fill(look === 'unclear' ? changes.previousUnclear : changes.previous, compared) },
    h('span', { 'aria-hidden': 'true' }, `${arrow} `),
    changeBeside(arrow, definition, change.value),
    words !== '' && h('span', { class: 'unseen' }, ` ${words}`),
  )
}

export const hasChange = (value: MetricValue | undefined): boolean => typeof value?.change?.value === 'number'
