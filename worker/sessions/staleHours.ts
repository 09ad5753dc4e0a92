import { SESSION_TIMEOUT } from '../../shared/sessionRules'
import { HOUR } from '../../shared/time'
import type { SessionDelta } from './deriveDelta'
import type { DerivedSession, Session } from './sessionize'
import type { VisitorHour } from './sessionReader'

/** Epoch hours, both included. */
export type HourSpan = readonly [first: number, last: number]

/** Events that are not activity belong to a session until the pause after it ends, on the next day too. */
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

/** Whether a late event falls into a session: its events may differ even if the session is the same. */
const hasLateEvent = (session: DerivedSession, late: ReadonlyMap<number, readonly number[]>): boolean => {
  const [first, last] = spanOf(session)
  const visitors = new Set([session.visitor, session.next, ...session.timeline.map(({ visitor }) => visitor)])
  return [...visitors].some(
    visitor => visitor !== null && late.get(visitor)?.some(hour => first <= hour && hour <= last),
  )
}

/**
 * Hours in which anything may differ from what was settled: those of late events and of the sessions they fall into, and
 * those of changed sessions.
 */
export const staleHours = ({ sessions, add, remove }: SessionDelta, marked: readonly VisitorHour[]): HourSpan[] => {
  const late = new Map(
    [...Map.groupBy(marked, ([visitor]) => visitor)].map(([visitor, own]) => [visitor, own.map(([, hour]) => hour)]),
  )
  const same = late.size === 0 ? [] : sessions.filter(session => hasLateEvent(session, late))
  return merged([...[...same, ...add, ...remove].map(spanOf), ...marked.map(([, hour]) => [hour, hour] as const)])
}
