import type { MetricValue } from '../../../../shared/question'
import type { Definition } from '../../page'
import { detailText } from '../format/detailText'
import { intervalText } from '../format/intervalText'
import { valueText } from '../format/valueText'
import { h } from './h'

/** A value in a table. Its interval appears when the row has the focus, its details on hover. */
export const valueCell = (definition: Definition, value: MetricValue | undefined): HTMLElement | null => {
  if (!value) return null
  const text = valueText(definition, value.value, value.currency)
  const detail = detailText(definition, value)
  return h(
    'span',
    { class: 'in-table', 'data-value': value.value ?? '', 'data-status': value.status },
    value.status === 'low_sample' ? `~${text}` : text,
    h('span', { class: 'range' }, intervalText(definition, value)),
    detail !== '' && h('span', { class: 'detail' }, detail),
  )
}
