import type { Session } from './fact'
import type { Fact } from './fact.ts'
import type { PersonKey } from './identity.ts'

/** A session goes on after a pause of exactly this long, milliseconds. */
export const PAUSE = 30 * 60 * 1000
const LONGEST = 24 * 60 * 60 * 1000
/**
 * Splits one person's activity, in time order, into sessions: at a pause of over 30 minutes, and at the
 * first activity 24 hours or more after the session began.
 */
export const sessionsOf = (person: PersonKey, activity: readonly Fact[]): Session[] => {
  const sessions: Session[] = []
  for (const fact of activity) {
    const open = sessions.at(-1)
    if (open && fact.time - open.end <= PAUSE && fact.time - open.begin < LONGEST) {
      open.facts.push(fact)
      open.end = Math.max(open.end, fact.end)
    } else {
      if (open) open.followed = true
      sessions.push({ person, begin: fact.time, end: fact.end, facts: [fact], first: !open, followed: false })
    }
  }
  return sessions
}

/** The session of a passive event: the latest begun by then, if it was not over. */
export const sessionAt = (sessions: readonly Session[], time: number): Session | undefined => {
  const latest = sessions.filter(({ begin }) => begin <= time).at(-1)
  return latest && time <= latest.end + PAUSE ? latest : undefined
}

/** True if a session may still be going on: not followed by another, and not idle for over 30 minutes. */
export const isOpen = ({ end, followed }: Session, now: number): boolean => !followed && now <= end + PAUSE
