import { SESSION_TIMEOUT } from '../../shared/sessionRules'
import { HOUR } from '../../shared/time'
import type { SessionDelta } from './deriveDelta'
import type { DerivedSession, Session } from './sessionize'
import type { VisitorHour } from './sessionReader'

/** Epoch hours, both included. */
export type HourSpan = readonly [first: number, last: number]

/** Facts that are no activity belong to a session until the pause after it is over, on the next day too. */
const spanOf = ({ begin, duration }: Session): HourSpan => [
  Math.floor(begin / HOUR),
  Math.floor((begin + duration + SESSION_TIMEOUT) / HOUR),
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

/** Whether one of the marks is about what a session holds: its facts may differ where the session is the same. */
const isMarked = (session: DerivedSession, marks: ReadonlyMap<number, readonly number[]>): boolean => {
  const [first, last] = spanOf(session)
  const visitors = new Set([session.visitor, session.next, ...session.moments.map(({ visitor }) => visitor)])
  return [...visitors].some(
    visitor => visitor !== null && marks.get(visitor)?.some(hour => first <= hour && hour <= last),
  )
}

/**
 * Hours of which anything may differ from what was settled: of the marks and the sessions they are about, and of
 * sessions that are not as they were.
 */
export const staleHours = ({ sessions, add, remove }: SessionDelta, marked: readonly VisitorHour[]): HourSpan[] => {
  const marks = new Map(
    [...Map.groupBy(marked, ([visitor]) => visitor)].map(([visitor, own]) => [visitor, own.map(([, hour]) => hour)]),
  )
  const same = marks.size === 0 ? [] : sessions.filter(session => isMarked(session, marks))
  return merged([...[...same, ...add, ...remove].map(spanOf), ...marked.map(([, hour]) => [hour, hour] as const)])
}
