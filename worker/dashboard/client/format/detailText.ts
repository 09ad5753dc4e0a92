import type { MetricValue } from '../../../../shared/question'
import type { Definition } from '../../page'
import { intervalText } from './intervalText'
import { number } from './number'
import { statusText } from './statusText'
import { valueText } from './valueText'

/** The interval of a value, its numerator and denominator, and its status. */
export const detailText = (definition: Definition, value: MetricValue): string => {
  const { numerator, denominator, pending, status } = value
  const parts: string[] = []
  const range = intervalText(definition, value)
  if (range) parts.push(`95% confidence interval: ${range}.`)
  if (definition.unit === 'ratio' && denominator)
    parts.push(`${valueText({ unit: 'count' }, numerator)} of ${valueText({ unit: 'count' }, denominator)}.`)
  // The reason of a pending value already says how many are pending.
  if (pending > 0 && status !== 'pending') parts.push(`${number(pending)} still in progress.`)
  return [...parts, statusText(value)].filter(text => text !== '').join(' ')
}
