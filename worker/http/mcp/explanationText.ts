import type { Explanation, MetricValue } from '../../../shared/question'
import { metricOf } from '../../metrics/definitions'
import { valueText } from './valueText'

const entries = (of: Readonly<Record<string, unknown>>): [string, unknown][] =>
  Object.entries(of).filter(([, value]) => value !== null)

const partsOf = ({ formula, numerator, denominator, definitions, parameters, left_out }: Explanation): string[] => [
  `Formula: ${formula}.`,
  ...(numerator === null ? [] : [`Numerator: ${numerator}.`]),
  ...(denominator === null ? [] : [`Denominator: ${denominator}.`]),
  ...entries(parameters).map(([name, value]) => `Parameter ${name}: ${value}.`),
  ...entries(definitions).map(([term, meaning]) => `${term}: ${meaning}`),
  ...entries(left_out).map(([reason, count]) => `Left out: ${count} (${reason}).`),
]

/** A value and how it was computed, a line each. */
export const explanationText = (id: string, value: MetricValue): string => {
  const metric = metricOf(id)
  const parts = value.explanation ? partsOf(value.explanation) : []
  return [...(metric ? [valueText(metric, value)] : []), ...parts].join('\n')
}
