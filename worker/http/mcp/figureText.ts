import type { Interval, MetricValue } from '../../../shared/question'
import type { Metric } from '../../metrics/metric'

type Unit = Metric['unit']

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 2 })
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 })

const TEXTS: Readonly<Record<Unit, (value: number, currency: string) => string>> = {
  count: value => number.format(value),
  per: value => number.format(value),
  score: value => number.format(value),
  ratio: value => percent.format(value),
  seconds: value => `${number.format(value)} seconds`,
  currency: (value, currency) => `${number.format(value)} ${currency}`,
}

/**
 * A value in its unit, in English.
 * @example figureText('ratio', 0.4123) // '41.2%'
 */
export const figureText = (unit: Unit, value: number, currency = ''): string => TEXTS[unit](value, currency).trim()

/** @example boundsText('ratio', [0.3, 0.5]) // '30% to 50%' */
export const boundsText = (unit: Unit, [low, high]: Interval, currency?: MetricValue['currency']): string =>
  `${figureText(unit, low, currency)} to ${figureText(unit, high, currency)}`
