import type { Change, MetricValue, Status, Verdict } from '../../../shared/question'
import type { Metric } from '../../metrics/metric'
import { boundsText, figureText } from './figureText'

const VERDICTS: Readonly<Record<Verdict, string>> = {
  up: 'clearly up',
  down: 'clearly down',
  no_clear_change: 'no clear change',
  not_tested: 'not tested, so it may be chance',
}

const STATUSES: Readonly<Record<Status, string>> = {
  ok: '',
  low_sample: 'The sample is small: treat the value as an estimate and rank nothing by it.',
  no_data: 'There is no data for it.',
  pending: 'It is too early to tell.',
  needs_input: 'It needs data that has not been sent yet.',
  needs_identity: 'It needs visitor ids that last longer than a day.',
  unavailable: 'It could not be computed. Try again later.',
}

const signed = (value: number, unit: string): string => {
  const size = Math.abs(value).toLocaleString('en', { maximumFractionDigits: 1 })
  return `${value < 0 ? '-' : '+'}${size}${unit}`
}

/** A change in its scale: points for rates and scores, percent for everything else. */
const amountText = ({ change, unit }: Metric, value: number): string =>
  change === 'fraction' || unit === 'ratio'
    ? signed(value * 100, change === 'fraction' ? '%' : ' points')
    : signed(value, ' points')

const changeText = (metric: Metric, { value, interval, verdict }: Change): string => {
  const amount = value === null ? [] : [amountText(metric, value)]
  const bounds = interval ? [`95% interval ${interval.map(bound => amountText(metric, bound)).join(' to ')}`] : []
  const figures = [...amount, ...bounds].join(', ')
  return figures ? `${VERDICTS[verdict]} (${figures})` : VERDICTS[verdict]
}

const comparisonText = (metric: Metric, { previous, change, currency }: MetricValue): string[] => {
  if (previous === undefined) return []
  if (previous === null) return ['There is no value to compare it with.']
  const before = `Compared with ${figureText(metric.unit, previous, currency)}`
  return [change ? `${before}: ${changeText(metric, change)}.` : `${before}.`]
}

const countsText = ({ unit }: Metric, { numerator, denominator }: MetricValue): string =>
  unit === 'ratio' && numerator !== null && denominator !== null
    ? ` (${figureText('count', numerator)} of ${figureText('count', denominator)})`
    : ''

const mainText = (metric: Metric, value: MetricValue): string => {
  if (value.value === null) return `${metric.name}: no value.`
  const interval = value.interval ? `, 95% interval ${boundsText(metric.unit, value.interval, value.currency)}` : ''
  return `${metric.name}: ${figureText(metric.unit, value.value, value.currency)}${countsText(metric, value)}${interval}.`
}

/**
 * A value in English sentences: with its interval, its status and the verdict on its change.
 * @example 'Bounce rate: 41% (41 of 100), 95% interval 31.9% to 50.8%. Compared with 47%: no clear change (-6 points, …).'
 */
export const valueText = (metric: Metric, value: MetricValue): string =>
  [mainText(metric, value), ...comparisonText(metric, value), value.reason ?? STATUSES[value.status]]
    .filter(sentence => sentence !== '')
    .join(' ')
