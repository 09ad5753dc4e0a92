import type { MetricValue } from '../../../../shared/question'
import type { Definition } from '../../page'
import { detailText } from '../format/detailText'
import { valueText } from '../format/valueText'
import { changeMark } from './changeMark'
import { h } from './h'

/** A large value with its change, numerator and denominator. */
export const figure = (definition: Definition, value: MetricValue, name = definition.name): HTMLElement =>
  h(
    'div',
    { class: 'figure', 'data-metric': definition.id, 'data-status': value.status },
    h('p', { class: 'name', title: definition.help }, name),
    h(
      'strong',
      { class: 'value', 'data-value': value.value ?? '' },
      valueText(definition, value.value, value.currency),
    ),
    changeMark(definition, value),
    h('p', { class: 'made' }, detailText(definition, value)),
  )
