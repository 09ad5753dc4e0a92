import { HOUR, type VisitorHour } from './reader'
import { PAUSE, type Visit } from './sessionize'
import type { Difference } from './unsettled'

/** Epoch hours, both included. */
export type HourSpan = readonly [first: number, last: number]

/** Facts that are no activity belong to a session until the pause after it is over, on the next day too. */
const spanOf = ({ begin, duration }: Visit): HourSpan => [
  Math.floor(begin / HOUR),
  Math.floor((begin + duration + PAUSE) / HOUR),
]

const merged = (spans: readonly HourSpan[]): HourSpan[] => {
  const result: HourSpan[] = []
  for (const [first, last] of [...spans].sort(([one], [other]) => one - other)) {
    const before = result.at(-1)
    if (before && first <= before[1] + 1) result[result.length - 1] = [before[0], Math.max(before[1], last)]
    else result.push([first, last])
  }
  return result
}

/**
 * Hours of which anything may differ from what was settled: of the marks, and of every session that was derived
 * anew, also where the session is the same, as its facts may not be.
 */
export const touchedHours = ({ sessions, remove }: Difference, marked: readonly VisitorHour[]): HourSpan[] =>
  merged([...sessions.map(spanOf), ...remove.map(spanOf), ...marked.map(([, hour]) => [hour, hour] as const)])
