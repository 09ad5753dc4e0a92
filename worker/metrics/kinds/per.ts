import type { Metric, PersonValue, SumsMeasure } from '../metric'
import { most } from '../people'
import { ratioInterval } from '../statistics/deltaRatio'
import type { Asked } from './asked'
import { atLeastZero } from './atLeastZero'
import { complete, type Described } from './described'
import { get } from './get'
import { noData } from './noData'

/** The sums a ratio of sums over clusters needs: each person is one cluster. */
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

/** A ratio of two sums; its uncertainty is that between visitors. */
export const per = (described: Described & { of: Asked<SumsMeasure>; whole: string }): Metric => ({
  ...complete(described),
  kind: 'per',
  intervalBy: 'delta',
  change: 'fraction',
  measure: (args, terms) => described.of(terms, args),
  read: sums => {
    const [x, y] = [get(sums, 'x'), get(sums, 'y')]
    if (y === 0) return noData(0, described.whole)
    const interval = ratioInterval(get(sums, 'clusters'), x, y, get(sums, 'xx'), get(sums, 'xy'), get(sums, 'yy'))
    return {
      value: x / y,
      numerator: x,
      denominator: y,
      interval: interval && atLeastZero(interval),
      status: 'ok',
      pending: get(sums, 'pending'),
    }
  },
})
