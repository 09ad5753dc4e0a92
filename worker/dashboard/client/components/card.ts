import type { MetricValue } from '../../../../shared/question'
import type { Definition } from '../../page'
import { detailText } from '../format/detailText'
import { statusText } from '../format/statusText'
import { valueText } from '../format/valueText'
import { changeMark } from './changeMark'
import { h } from './h'

/**
 * A metric's value and change; its interval and definition appear on hover and focus.
 * @param href where a click leads
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
    // A small sample is hatched, and the tooltip says so.
    value.value === null && h('p', { class: 'status' }, statusText(value)),
  )
}
