import type { MetricValue } from '../../../../shared/question'
import type { Definition } from '../../page'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { intervalText } from './intervalText'
import { statusText } from './statusText'
import { valueText } from './valueText'

const { values } = clientFrameTexts

/** The interval of a value, its numerator and denominator, and its status. */
export const detailText = (definition: Definition, value: MetricValue): string => {
  const { numerator, denominator, pending, status } = value
  const parts: string[] = []
  const range = intervalText(definition, value)
  if (range) parts.push(fill(values.interval, { range }))
  if (definition.unit === 'ratio' && denominator)
    parts.push(
      fill(values.ratio, {
        part: valueText({ unit: 'count' }, numerator),
        whole: valueText({ unit: 'count' }, denominator),
      }),
    )
  // The reason of a pending value already says how many are pending.
  if (pending > 0 && status !== 'pending') parts.push(fill(values.pending, { count: pending }))
  return [...parts, statusText(value)].filter(text => text !== '').join(' ')
}
