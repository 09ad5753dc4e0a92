import { SESSIONS } from '../../relations/sessions'
import type { SessionColumn } from '../../relations/sql/sessionColumns'
import type { Metric } from '../metric'
import { complete, type Described, type Identified } from './described'
import { meanReading } from './meanReading'
import { meanSums } from './meanSums'
import { quantileReading } from './quantileReading'

/** The mean of a column of sessions or, with `statistic=median`, its median. */
export const meanOrMedian = <Id extends string>(
  described: Described & Identified<Id> & { column: SessionColumn; whole: string; scale: (amount: number) => number },
): Metric<Id> => ({
  ...complete(described),
  parameters: [
    { name: 'statistic', help: 'The mean or the median.', values: ['mean', 'median'], default: 'mean' },
    ...(described.parameters ?? []),
  ],
  kind: 'mean',
  intervalBy: 'student',
  change: 'fraction',
  measure: ({ statistic }) =>
    statistic === 'median'
      ? {
          form: 'quantile',
          share: 0.5,
          relation: SESSIONS,
          columns: [described.column],
          column: described.column,
          open: 'open',
        }
      : { ...meanSums(SESSIONS, described.column, 'open'), columns: [described.column] },
  read: (sums, _context, { statistic }) =>
    statistic === 'median'
      ? quantileReading(sums, described.scale, described.whole)
      : meanReading(sums, described.scale, { of: described.whole }),
})
