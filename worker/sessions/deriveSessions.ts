import { personAt, type VisitorLink } from './personAt'
import { byTime, type DerivedSession, type SessionEvent, sessionize } from './sessionize'
import type { TimelineEvent } from './sessionReader'
import type { Timelines } from './timelineGatherer'
import { UnionFind } from './unionFind'

const momentsOf = (
  facts: readonly TimelineEvent[],
  claims: readonly VisitorLink[],
): (SessionEvent & { previous: number | null })[] => {
  const byVisitor = Map.groupBy(claims, claim => claim.visitor)
  return facts.map(fact => ({
    ...fact,
    person: personAt(byVisitor.get(fact.visitor) ?? [], fact.visitor, fact.time),
  }))
}

/**
 * A cookieless visitor gets another id at midnight. Early facts name the id of the day before: its last
 * person and the new day's first are one timeline, unless both are known to be somebody and differ.
 */
const timelines = (moments: readonly (SessionEvent & { previous: number | null })[]): UnionFind<number> => {
  const lines = new UnionFind<number>()
  const last = new Map<number, number>()
  for (const moment of [...moments].sort(byTime)) {
    const before = moment.previous === null ? undefined : last.get(moment.previous)
    if (before !== undefined && (before > 0 || moment.person > 0)) lines.union(before, moment.person)
    last.set(moment.visitor, moment.person)
  }
  return lines
}

/** All sessions of gathered facts. */
export const deriveSessions = ({ facts, claims }: Timelines): DerivedSession[] => {
  const moments = momentsOf(facts, claims)
  const lines = timelines(moments)
  return [...Map.groupBy(moments, moment => lines.find(moment.person)).values()].flatMap(sessionize)
}
