import { dayOf, daysOf } from './calendar.ts'
import type { Fact, Session } from './fact.ts'
import type { PersonKey } from './identity.ts'

/** The people active on each day. */
export const activeByDay = (facts: readonly Fact[]): Map<string, Set<PersonKey>> => {
  const days = new Map<string, Set<PersonKey>>()
  for (const { day, person, isActivity } of facts) {
    if (!isActivity) continue
    const people = days.get(day) ?? new Set()
    days.set(day, people.add(person))
  }
  return days
}

/** The days on which each person was active: from a session's beginning to the start of its last activity. */
export const activeDays = (sessions: readonly Session[], timezone: string): Map<PersonKey, Set<string>> => {
  const days = new Map<PersonKey, Set<string>>()
  for (const { person, begin, facts } of sessions) {
    const last = facts.findLast(({ isActivity }) => isActivity) as Fact
    const own = days.get(person) ?? new Set()
    for (const day of daysOf({ from: dayOf(begin, timezone), to: last.day })) own.add(day)
    days.set(person, own)
  }
  return days
}
