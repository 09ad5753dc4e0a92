import type { Metric, QuantileMeasure } from '../metric'
import { complete, type Identified, type Middle } from './described'
import { quantileReading } from './quantileReading'

/** The median of a column. Its interval lies between order statistics. */
export const median = <Id extends string>(
  described: Middle &
    Identified<Id> & { of: Omit<QuantileMeasure, 'form' | 'share'>; whole: string; scale: (amount: number) => number },
): Metric<Id> => ({
  ...complete({ ...described, numerator: null }),
  kind: 'quantile',
  intervalBy: 'order_statistics',
  change: 'fraction',
  measure: () => ({ form: 'quantile', share: 0.5, ...described.of }),
  read: sums => quantileReading(sums, described.scale, described.whole),
})
