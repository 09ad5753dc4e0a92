import { SESSION_TIMEOUT } from '../../shared/sessionRules'
import { HOUR } from '../../shared/time'
import { forEachYielding } from '../lib/forEachYielding'
import type { Database } from '../storage/database'
import { deriveSessions } from './deriveSessions'
import type { DerivedSession, Session } from './sessionize'
import { SessionReader, type VisitorHour } from './sessionReader'
import { TimelineGatherer } from './timelineGatherer'

export interface Seeds {
  /** All events from this time on and before `to` are included. */
  readonly from: number
  readonly to: number
  readonly hours: readonly VisitorHour[]
}

/** How the stored sessions differ from those that the events make now. */
export interface SessionDelta {
  /** Stored sessions that changed or no longer exist. */
  readonly remove: readonly Session[]
  /** New sessions, and changed ones as they are now. */
  readonly add: readonly DerivedSession[]
  /** All sessions that were derived, stored or not. */
  readonly sessions: readonly DerivedSession[]
  readonly rowsRead: number
}

/** Whether a session can still go on at a time. */
export const isOpen = (session: Session, now: number): boolean =>
  session.cut === null && session.begin + session.duration + SESSION_TIMEOUT >= now

export const sessionKey = (session: Session): string => `${session.visitor}/${session.begin}`

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
 * Derives every session that the seeds can affect and compares it with the stored sessions. Settling writes the
 * difference, and an answer applies it to what it reads, so both agree whichever comes first.
 */
export const deriveDelta = async (db: Database, site: number, seeds: Seeds): Promise<SessionDelta> => {
  const reader = new SessionReader(db, site)
  const gatherer = new TimelineGatherer(reader)
  for (const [visitor, hour] of seeds.hours) gatherer.seed(visitor, hour)
  if (seeds.to > seeds.from) {
    await reader.readHours(Math.floor((seeds.from - 1.5 * SESSION_TIMEOUT) / HOUR), Math.floor(seeds.to / HOUR))
    await forEachYielding(reader.eventsBetween(seeds.from, seeds.to), event => gatherer.add(event))
  }
  const gathered = await gatherer.gather()
  const sessions = deriveSessions(gathered)
  const stored = reader.sessionsOf(gathered.persons)
  const derived = new Map(sessions.map(session => [sessionKey(session), session]))
  const unchanged = new Set<string>()
  const remove = stored.filter(session => {
    const now = derived.get(sessionKey(session))
    if (!now || !same(session, now)) return true
    unchanged.add(sessionKey(session))
    return false
  })
  return {
    remove,
    add: sessions.filter(session => !unchanged.has(sessionKey(session))),
    sessions,
    rowsRead: reader.rowsRead,
  }
}
