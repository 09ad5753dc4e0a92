import { personAt, type VisitorLink } from './personAt'
import { byTime, type DerivedSession, type SessionEvent, sessionize } from './sessionize'
import type { TimelineEvent } from './timelineEvent'
import type { Timelines } from './timelineGatherer'
import { UnionFind } from './unionFind'

const withPersons = (
  events: readonly TimelineEvent[],
  links: readonly VisitorLink[],
): (SessionEvent & { previous: number | null })[] => {
  const byVisitor = Map.groupBy(links, link => link.visitor)
  return events.map(event => ({
    ...event,
    person: personAt(byVisitor, event.visitor, event.time),
  }))
}

/**
 * A cookieless visitor gets another id at midnight. Early events name the id of the day before: its last person and
 * the first of the new day share a timeline, unless both are known persons and differ.
 */
const timelines = (timeline: readonly (SessionEvent & { previous: number | null })[]): UnionFind<number> => {
  const lines = new UnionFind<number>()
  const last = new Map<number, number>()
  for (const event of [...timeline].sort(byTime)) {
    const before = event.previous === null ? undefined : last.get(event.previous)
    if (before !== undefined && (before > 0 || event.person > 0)) lines.union(before, event.person)
    last.set(event.visitor, event.person)
  }
  return lines
}

/** Derives all sessions of gathered events. */
export const deriveSessions = ({ events, links }: Timelines): DerivedSession[] => {
  const timeline = withPersons(events, links)
  const lines = timelines(timeline)
  return [...Map.groupBy(timeline, event => lines.find(event.person)).values()].flatMap(sessionize)
}
