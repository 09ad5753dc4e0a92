import { HOUR } from '../../shared/time'
import { dayOf, startOfDay } from '../lib/calendar'
import { hmacKey, lastingId } from '../lib/hash'
import { type LinksByVisitor, personAt, type VisitorLink } from '../sessions/personAt'
import { jsonChunks } from '../storage/chunks'
import { type Database, firstRow, statement } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import factsFirstHour from '../storage/sql/facts.select_first_hour.sql'
import identitiesSelect from '../storage/sql/identities.select.sql'

/** A day of 25 hours, and one more for what begins in its last. */
const DAY_ID_HOURS = 26
/** Later than any event. */
const EVER = 9e15

/** When a stored visitor is the person: epoch milliseconds, the end excluded, and the hours to look in. */
export interface VisitorSpan {
  readonly visitor: number
  readonly firstHour: number
  readonly lastHour: number
  readonly since: number
  readonly until: number
}

/** Everything that a person is stored under. */
export interface Person {
  readonly user: number
  readonly spans: readonly VisitorSpan[]
  /** Visitors that are this person only, with the user's own number. */
  readonly own: readonly number[]
  /** First appearances of visitors as this user. */
  readonly links: readonly VisitorLink[]
}

type Hours = readonly [first: number, last: number]

const linksOf = async (db: Database, site: number, ids: readonly number[]): Promise<VisitorLink[]> => {
  if (ids.length === 0) return []
  const results = await db.batch<VisitorLink>(jsonChunks(ids).map(chunk => statement(identitiesSelect, site, chunk)))
  return results.flatMap(({ rows }) => rows)
}

/** The spans of a visitor in which it is a user, by the rule that sessions are derived with. */
const spansOfVisitor = (visitor: number, user: number, links: LinksByVisitor, [first, last]: Hours): VisitorSpan[] => {
  const own = links.get(visitor) ?? []
  const changes = [...own, ...own.flatMap(link => links.get(link.user) ?? [])].map(({ since }) => since)
  const bounds = [0, ...new Set(changes.sort((one, other) => one - other)), EVER]
  return bounds.slice(0, -1).flatMap((since, index) => {
    const until = bounds[index + 1] ?? EVER
    if (since === until || personAt(links, visitor, since) !== user) return []
    return [{ visitor, firstHour: first, lastHour: last, since, until }]
  })
}

const hoursOf = (visitor: number, links: readonly VisitorLink[] = [], all: Hours): Hours => {
  // A persistent id can be of any time, a daily one of the day on which it was linked.
  if (visitor < 0) return all
  const hours = links.map(({ since }) => Math.floor(since / HOUR))
  return [Math.min(...hours) - DAY_ID_HOURS, Math.max(...hours) + DAY_ID_HOURS]
}

/**
 * Finds a person by the user id that the site gave. The id is stored nowhere; its keyed hash is.
 * @example await findPerson(db, site, 'u_42', Date.now())
 */
export const findPerson = async (db: Database, site: SiteConfig, userId: string, now: number): Promise<Person> => {
  const user = await lastingId(await hmacKey(site.secret), 'user', userId)
  const direct = (await linksOf(db, site.id, [user])).filter(link => link.user === user)
  const known = new Set(direct.map(({ visitor }) => visitor))
  const ofKnown = await linksOf(db, site.id, [...known])
  // By consent, visitors of a day are persistent ids.
  const consented = ofKnown.filter(link => known.has(link.user) && !known.has(link.visitor))
  const links = [...direct, ...consented.map(({ visitor, since }) => ({ visitor, user, since }))]
  const visitors = [...new Set(links.map(({ visitor }) => visitor))]
  const ofConsented = await linksOf(
    db,
    site.id,
    visitors.filter(visitor => !known.has(visitor)),
  )
  const everybodys = Map.groupBy([...ofKnown, ...ofConsented], ({ visitor }) => visitor)
  const leadsHere = (to: number): boolean =>
    to === user || (known.has(to) && everybodys.get(to)?.every(link => link.user === user) === true)
  const first = await firstRow<{ hour: number | null }>(db, factsFirstHour, site.id)
  const thisHour = Math.floor(now / HOUR)
  const all: Hours = [first?.hour ?? thisHour, thisHour + DAY_ID_HOURS]
  return {
    user,
    links,
    own: [user, ...visitors.filter(visitor => everybodys.get(visitor)?.every(link => leadsHere(link.user)))],
    spans: [
      { visitor: user, firstHour: all[0], lastHour: all[1], since: 0, until: EVER },
      ...visitors.flatMap(visitor =>
        spansOfVisitor(visitor, user, everybodys, hoursOf(visitor, everybodys.get(visitor), all)),
      ),
    ],
  }
}

/** Whether a stored visitor is the person at a time. */
export const isPerson = ({ spans }: Person, visitor: number, time: number): boolean =>
  spans.some(span => span.visitor === visitor && span.since <= time && time < span.until)

/** The hours in which events can name a daily id as that of the day before; none for a persistent id. */
export const followingHours = ({ own, links }: Person, timezone: string, hours: number): unknown[] =>
  links
    .filter(({ visitor }) => visitor > 0 && own.includes(visitor))
    .map(({ visitor, since }) => {
      const midnight = Math.floor(startOfDay(dayOf(since, timezone) + 1, timezone) / HOUR)
      return [visitor, midnight, midnight + hours]
    })
