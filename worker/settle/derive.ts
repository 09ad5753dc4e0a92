import type { Gathered } from './gather'
import { type Claim, personAt } from './persons'
import type { Fact } from './reader'
import { byTime, type Moment, type Session, sessionize } from './sessionize'
import { UnionFind } from './unionFind'

const momentsOf = (facts: readonly Fact[], claims: readonly Claim[]): (Moment & { previous: number | null })[] => {
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
const timelines = (moments: readonly (Moment & { previous: number | null })[]): UnionFind<number> => {
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
export const derive = ({ facts, claims }: Gathered): Session[] => {
  const moments = momentsOf(facts, claims)
  const lines = timelines(moments)
  return [...Map.groupBy(moments, moment => lines.find(moment.person)).values()].flatMap(sessionize)
}
