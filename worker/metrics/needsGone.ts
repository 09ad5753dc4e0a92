import type { BucketEnd } from './compile/scope'
import type { Measure } from './metric'
import type { Range } from './period'
import { isBeforeFacts, type Kept } from './sums/kept'

/** The first local day that a measure looks at; what looks back without an end is told from what there is. */
const firstDayOf = (measure: Measure, { firstDay }: Range, ends: readonly BucketEnd[]): number =>
  measure.form === 'window' ? Math.min(firstDay, ...ends.map(({ lastDay }) => lastDay - measure.days + 1)) : firstDay

/** Whether a measure that is asked of visits and facts would need some that are gone. */
export const needsGone = (measure: Measure, range: Range, ends: readonly BucketEnd[], kept: Kept): boolean =>
  !(measure.form === 'sums' && measure.relation.isImported) &&
  isBeforeFacts({ from: range.from, firstDay: firstDayOf(measure, range, ends) }, kept)
