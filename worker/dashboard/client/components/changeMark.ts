import type { Change, MetricValue } from '../../../../shared/question'
import type { Definition } from '../../page'
import { changeText } from '../format/changeText'
import { valueText } from '../format/valueText'
import { h } from './h'

/** The verdict on a change in words; empty for a change that was not tested. */
const judgement = ({ better }: Definition, { verdict }: Change): 'better' | 'worse' | 'not significant' | '' => {
  if (verdict === 'not_tested') return ''
  if (verdict === 'no_clear_change') return 'not significant'
  return verdict === better ? 'better' : 'worse'
}

const CLASSES = { better: 'better', worse: 'worse', 'not significant': 'unclear', '': 'untested' } as const

const arrowOf = ({ verdict, value }: Change): string => {
  if (verdict === 'no_clear_change' || !value) return '≈'
  return value > 0 ? '▲' : '▼'
}

/** A change with its verdict, in words as well as colour. */
export const changeMark = (definition: Definition, value: MetricValue): HTMLElement | null => {
  const { change, previous } = value
  if (!change) return null
  if (previous === null || previous === undefined) return h('p', { class: 'change untested' }, 'No previous data')
  const before = `Previous period: ${valueText(definition, previous, value.currency)}`
  if (change.value === null) return h('p', { class: 'change untested' }, before)
  const judged = judgement(definition, change)
  return h(
    'p',
    { class: `change ${CLASSES[judged]}`, title: before },
    h('span', { 'aria-hidden': 'true' }, `${arrowOf(change)} `),
    [changeText(definition, change.value), judged].filter(text => text !== '').join(', '),
  )
}

export const hasChange = (value: MetricValue | undefined): boolean => typeof value?.change?.value === 'number'
