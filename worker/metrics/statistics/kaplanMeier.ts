import { Z } from '../../../shared/normal'
import type { Interval } from '../../../shared/question'

/** How many reached the outcome at a time, and how many were last observed then without it. */
export interface Survival {
  readonly time: number
  readonly reached: number
  readonly censored: number
}

export interface SurvivalMedian {
  /** The first time at which at most half have not reached the outcome; `null` if there is none. */
  readonly value: number | null
  /** 95 %; `null` if too few reached the outcome to bound it from above. */
  readonly interval: Interval | null
}

/** Whether the interval of the survival curve includes ½, by the log-log transformation. */
const mayBeHalf = (survival: number, greenwood: number): boolean => {
  if (survival <= 0 || survival >= 1) return false
  const error = Math.sqrt(greenwood) / Math.abs(Math.log(survival))
  const distance = Math.log(-Math.log(survival)) - Math.log(Math.LN2)
  return Math.abs(distance) <= Z * error
}

interface Point {
  readonly time: number
  readonly survival: number
  readonly possible: boolean
}

/** The survival curve where it falls. */
const curve = (rows: readonly Survival[]): Point[] => {
  const points: Point[] = []
  let atRisk = rows.reduce((sum, { reached, censored }) => sum + reached + censored, 0)
  let survival = 1
  let greenwood = 0
  for (const { time, reached, censored } of [...rows].sort((a, b) => a.time - b.time)) {
    if (reached > 0) {
      survival *= 1 - reached / atRisk
      greenwood += reached / (atRisk * (atRisk - reached))
      points.push({ time, survival, possible: mayBeHalf(survival, greenwood) })
    }
    atRisk -= reached + censored
  }
  return points
}

/**
 * The median of a time of which some units were seen only up to a moment: Kaplan and Meier's estimate, with
 * the interval of Brookmeyer and Crowley on the log-log scale, which never leaves 0 to 1.
 * @see https://doi.org/10.2307/2281868
 * @see https://doi.org/10.2307/2530286
 * @example kaplanMeierMedian([{ time: 5, reached: 2, censored: 0 }, { time: 9, reached: 0, censored: 1 }]).value // 5
 */
export const kaplanMeierMedian = (rows: readonly Survival[]): SurvivalMedian => {
  const points = curve(rows)
  const value = points.find(({ survival }) => survival <= 0.5)?.time ?? null
  const low = points.find(({ possible, survival }) => possible || survival <= 0.5)?.time
  const high = points.find(({ possible, survival }) => !possible && survival < 0.5)?.time
  return { value, interval: value !== null && low !== undefined && high !== undefined ? [low, high] : null }
}
