import type { Row } from '../../../shared/question'
import type { FalseAlarmRate } from '../../../shared/settings'
import { benjaminiHochberg } from '../../metrics/statistics/benjaminiHochberg'
import { probabilityOfChange } from '../../query/changes/probabilityOfChange'

/** Weeks in the time in which an alarm may be wrong once: each is looked at once. */
const LOOKS: Readonly<Record<FalseAlarmRate, number>> = {
  month: 365.25 / 12 / 7,
  quarter: 365.25 / 4 / 7,
  year: 365.25 / 7,
}

/** A count that changed for sure. */
export interface ClearCount {
  /** The id of the goal; `null` for all conversions. */
  readonly goal: string | null
  readonly value: number
  readonly previous: number
}

const countOf = (metric: 'conversions' | 'goal_conversions', row: Row, totals: Row['metrics']) => {
  const { value = null, previous = null } = row.metrics[metric] ?? {}
  const probability = probabilityOfChange(metric, row.metrics, totals)
  if (value === null || previous === null || probability === null) return []
  return [{ goal: row.dimensions?.goal ?? null, value, previous, probability }]
}

/**
 * The conversions and goals with a clear change since the week before. All of them are tested at once, so that an unchanged site
 * brings an alarm once in the given time at most.
 * @param totals of the whole site
 * @param goals a row for each goal, with values of both weeks
 */
export const clearlyChanged = (totals: Row['metrics'], goals: readonly Row[], rate: FalseAlarmRate): ClearCount[] => {
  const tested = [
    ...countOf('conversions', { metrics: totals }, totals),
    ...goals.flatMap(row => countOf('goal_conversions', row, totals)),
  ].sort((one, other) => one.probability - other.probability)
  const clear = benjaminiHochberg(
    tested.map(({ probability }) => probability),
    1 / LOOKS[rate],
  )
  return tested.slice(0, clear).map(({ goal, value, previous }) => ({ goal, value, previous }))
}
