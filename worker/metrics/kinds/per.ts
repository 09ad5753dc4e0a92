import type { Metric, PersonValue, Reading, Sums, SumsMeasure } from '../metric'
import { most } from '../people'
import { ratioInterval } from '../statistics/ratioInterval'
import { varianceOf } from '../statistics/varianceOf'
import { atLeastZero } from './atLeastZero'
import { complete, type Described, type Identified } from './described'
import { get } from './get'
import type { KindOptions } from './kindOptions'
import { noData } from './noData'
import { type Reported, unlessUnknown } from './reported'

/** The sums for a ratio of sums over clusters, where each person is a cluster. */
export const perPersonRatio = (
  relation: SumsMeasure['relation'],
  numerator: PersonValue,
  denominator: PersonValue,
): SumsMeasure => ({
  form: 'sums',
  relation,
  perPerson: { x: numerator, y: denominator, open: most('open') },
  sums: { clusters: [], x: ['x'], y: ['y'], xx: ['x', 'x'], xy: ['x', 'y'], yy: ['y', 'y'], pending: ['open'] },
})

const reading = (sums: Sums, whole: string): Reading => {
  const [x, y] = [get(sums, 'x'), get(sums, 'y')]
  if (y === 0) return noData(0, whole)
  const clusters = get(sums, 'clusters') + get(sums, 'silent')
  const spread = ratioInterval(clusters, x, y, get(sums, 'xx'), get(sums, 'xy'), get(sums, 'yy'))
  // Of imported units only the sums are known.
  const interval = get(sums, 'unspread') > 0 ? null : spread
  return {
    value: x / y,
    numerator: x,
    denominator: y,
    interval: interval && atLeastZero(interval),
    variance: varianceOf(interval),
    status: 'ok',
    pending: get(sums, 'pending'),
  }
}

/** A ratio of two sums, with the uncertainty between visitors. */
export const per = <Id extends string>(
  described: Described & Identified<Id> & { of: KindOptions<SumsMeasure>; whole: string; reported?: Reported },
): Metric<Id> => ({
  ...complete(described),
  kind: 'per',
  intervalBy: 'delta',
  change: 'fraction',
  measure: (args, terms) => described.of(terms, args),
  read: sums =>
    unlessUnknown(described.reported, get(sums, 'y'), get(sums, 'clusters'), () => reading(sums, described.whole)),
})
