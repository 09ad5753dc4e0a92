import type { Execution } from '../execute/execute'
import type { PeriodPlan } from '../plan/plan'
import { merge } from './merge'
import type { Totals } from './totals'

/** What the segments of a period add up to. */
export interface PeriodTotals {
  readonly totals: Totals
  /** By position, the errors of metrics whose statement failed. */
  readonly errors: ReadonlyMap<number, unknown>
}

/** Merges the results of the segments of a period. */
export const mergePeriod = ({ segments }: PeriodPlan, { results }: Execution): PeriodTotals => {
  const own = segments.flatMap(segment => results.get(segment) ?? [])
  return {
    totals: merge(own.flatMap(({ partials }) => partials)),
    errors: new Map(own.flatMap(({ errors }) => [...errors])),
  }
}
