import type { MetricValue } from '../../../../shared/question'
import type { Definition } from '../../page'
import { intervalText } from './intervalText'
import { number } from './number'
import { statusText } from './statusText'
import { valueText } from './valueText'

/** The interval of a value, its numerator and denominator, and its status. */
export const detailText = (definition: Definition, value: MetricValue): string => {
  const { numerator, denominator, pending } = value
  const parts: string[] = []
  const range = intervalText(definition, value)
  if (range) parts.push(`95% confidence interval: ${range}.`)
  if (definition.unit === 'ratio' && denominator)
    parts.push(`${valueText({ unit: 'count' }, numerator)} of ${valueText({ unit: 'count' }, denominator)}.`)
  if (pending > 0) parts.push(`${number(pending)} still in progress.`)
  const status = statusText(value)
  return status ? [...parts, status].join(' ') : parts.join(' ')
}
