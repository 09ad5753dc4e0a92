import type { Interval, MetricValue } from '../../../../shared/question'
import type { Definition } from '../../page'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { duration, stepOf } from './duration'
import { valueText } from './valueText'

const { values } = clientFrameTexts

/** Rounds the interval of a whole number outwards. */
const whole = ([low, high]: Interval): Interval => [Math.floor(low), Math.ceil(high)]

/** Formats a bound as precisely as its value. */
const boundText = (definition: Pick<Definition, 'unit'>, bound: number, value: number, currency?: string): string =>
  definition.unit === 'seconds'
    ? duration(bound, Math.min(stepOf(bound), stepOf(value)))
    : valueText(definition, bound, currency)

/**
 * The 95 % interval of a value in its metric's unit. Empty where there is none, or one of no width; and for a
 * count of 0: how many there might have been is no answer to how many came.
 */
export const intervalText = (
  definition: Pick<Definition, 'unit'>,
  { value, interval, currency }: Pick<MetricValue, 'value' | 'interval' | 'currency'>,
): string => {
  const isCount = definition.unit === 'count'
  if (value === null || !interval || interval[0] === interval[1] || (isCount && value === 0)) return ''
  // The mean of counts is not a whole number, and neither are its bounds.
  const bounds = isCount && Number.isInteger(value) ? whole(interval) : interval
  const [low, high] = bounds
  return fill(values.range, {
    low: boundText(definition, low, value, currency),
    high: boundText(definition, high, value, currency),
  })
}
