import type { Metric, QuantileMeasure } from '../metric'
import { complete, type Identified, type Middle } from './described'
import { get } from './get'
import { quantileReading } from './quantileReading'

/**
 * The 75th percentile of a column that page views report with a module of the script, with an interval between order
 * statistics.
 */
export const percentile75 = <Id extends string>(
  described: Middle &
    Identified<Id> & {
      of: Omit<QuantileMeasure, 'form' | 'share'>
      whole: string
      module: string
      scale: (amount: number) => number
    },
): Metric<Id> => ({
  ...complete({ ...described, numerator: null }),
  kind: 'quantile',
  intervalBy: 'order_statistics',
  change: 'fraction',
  measure: () => ({ form: 'quantile', share: 0.75, ...described.of }),
  read: sums => {
    const reading = quantileReading(sums, described.scale, described.whole)
    if (get(sums, 'n') > 0) return reading
    const reason = `There are no ${described.whole} in this period. Add data-modules="${described.module}" to the script tag.`
    return { ...reading, status: 'needs_input', reason }
  },
})
