import { SESSION_TIMEOUT } from '../../shared/sessionRules'
import { HOUR } from '../../shared/time'
import type { Database } from '../storage/database'
import { deriveSessions } from './deriveSessions'
import type { DerivedSession, Session } from './sessionize'
import { SessionReader, type VisitorHour } from './sessionReader'
import { TimelineGatherer } from './timelineGatherer'

export interface Seeds {
  /** Facts from this time on, up to `to`, are all taken in. */
  readonly from: number
  readonly to: number
  readonly hours: readonly VisitorHour[]
}

/** How the stored visits differ from what the facts say now. */
export interface SessionDelta {
  /** Stored visits that are none any more, or changed. */
  readonly remove: readonly Session[]
  /** Sessions that are not stored as they are now. */
  readonly add: readonly DerivedSession[]
  /** All sessions that were derived, stored or not. */
  readonly sessions: readonly DerivedSession[]
  readonly rowsRead: number
}

/** Whether a session can still go on at a time. */
export const isOpen = (visit: Session, now: number): boolean =>
  visit.cut === null && visit.begin + visit.duration + SESSION_TIMEOUT >= now

export const sessionKey = (visit: Session): string => `${visit.visitor}/${visit.begin}`

const same = (a: Session, b: Session): boolean =>
  a.next === b.next &&
  a.last === b.last &&
  a.duration === b.duration &&
  a.cut === b.cut &&
  a.seen === b.seen &&
  a.views === b.views &&
  a.clicks === b.clicks &&
  a.actions === b.actions &&
  a.events === b.events &&
  a.entry === b.entry &&
  a.exit === b.exit &&
  a.source === b.source &&
  a.place === b.place &&
  a.device === b.device

/**
 * Derives every session the seeds can touch and holds it against the stored visits. Settling writes the
 * difference; an answer lays it over what it reads. So both say the same, whichever comes first.
 */
export const deriveDelta = async (db: Database, site: number, seeds: Seeds): Promise<SessionDelta> => {
  const reader = new SessionReader(db, site)
  const gatherer = new TimelineGatherer(reader)
  for (const [visitor, hour] of seeds.hours) gatherer.seed(visitor, hour)
  if (seeds.to > seeds.from) {
    await reader.readHours(Math.floor((seeds.from - 1.5 * SESSION_TIMEOUT) / HOUR), Math.floor(seeds.to / HOUR))
    for (const fact of reader.factsBetween(seeds.from, seeds.to)) gatherer.add(fact)
  }
  const gathered = await gatherer.gather()
  const sessions = deriveSessions(gathered)
  const stored = reader.visitsOf(gathered.persons)
  const derived = new Map(sessions.map(session => [sessionKey(session), session]))
  const unchanged = new Set<string>()
  const remove = stored.filter(visit => {
    const now = derived.get(sessionKey(visit))
    if (!now || !same(visit, now)) return true
    unchanged.add(sessionKey(visit))
    return false
  })
  return {
    remove,
    add: sessions.filter(session => !unchanged.has(sessionKey(session))),
    sessions,
    rowsRead: reader.rowsRead,
  }
}
