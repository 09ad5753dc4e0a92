import type { FalseAlarmRate } from '../../../shared/settings'
import { withinT } from '../../metrics/statistics/studentT'

/** How often an alarm is looked at in the time in which it may be wrong once: every hour. */
const LOOKS: Readonly<Record<FalseAlarmRate, number>> = { month: 730, quarter: 2_190, year: 8_760 }

/** Weeks that say what is usual, at least. */
const FEWEST_WEEKS = 4

/** Silence is less than this part of what is usual: a slow day is none. */
const SILENT = 0.1

/** What a stretch of hours brought, and the same stretch in each of the weeks before, the last week first. */
export interface Stretch {
  readonly views: number
  readonly past: readonly number[]
}

/** Without the weeks before the site had any page view. */
const knownWeeks = (past: readonly number[]): readonly number[] =>
  past.slice(0, past.findLastIndex(views => views > 0) + 1)

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/**
 * The probability that a stretch brings as few page views as it did, if nothing changed: that of a further value of a sample by
 * Student's t distribution. The variance is that of the weeks, and never less than a Poisson count's. 1 if too few weeks are known.
 */
export const silenceProbability = ({ views, past }: Stretch): number => {
  const weeks = knownWeeks(past)
  if (weeks.length < FEWEST_WEEKS) return 1
  const mean = meanOf(weeks)
  const squares = weeks.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const variance = Math.max(squares / (weeks.length - 1), mean)
  const t = (mean - views) / Math.sqrt(variance * (1 + 1 / weeks.length))
  return t <= 0 ? 1 : (1 - withinT(t, weeks.length - 1)) / 2
}

/** Whether no page view at all would be a clear sign: a shorter stretch of a quiet site says nothing. */
export const couldTell = ({ past }: Stretch, rate: FalseAlarmRate): boolean =>
  silenceProbability({ views: 0, past }) < 1 / LOOKS[rate]

/** Whether tracking fell silent, wrong once in the given time at most. */
export const isSilent = (stretch: Stretch, rate: FalseAlarmRate): boolean =>
  stretch.views < SILENT * meanOf(knownWeeks(stretch.past)) && silenceProbability(stretch) < 1 / LOOKS[rate]
