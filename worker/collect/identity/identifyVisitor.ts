import { PERSISTENT_ID } from '../../../shared/wire'
import { localDayOf } from '../../lib/calendar'
import { hmacKey, keyedHash47, type LastingKind, lastingId } from '../../lib/hash'
import { isolateName } from '../../lib/isolateName'
import { existingSalt, saltOf } from '../../privacy/salts'
import type { CachedDatabase } from '../../storage/cachedDatabase'
import type { SiteConfig } from '../../storage/siteConfig'
import type { EventSender, IncomingEvent } from '../parse/incomingEvent'

/**
 * How long after midnight an event also names its visitor of the day before, and how long before midnight a late one
 * names that of the day after. A page read across midnight for longer splits its session.
 */
const AROUND_MIDNIGHT = 6 * 3_600_000

/** The visitor of an event. Ids below 0 are persistent. */
export interface Identity {
  /** The user, when the sender named one; else the visitor. */
  readonly visitor: number
  readonly previous: number | null
  readonly next: number | null
  /** The visitor that turned out to be this user, when the sender named both. */
  readonly known: number | null
  /** First instant of the local day. */
  readonly dayStart: number
}

/** The event with which a browser links the day's visitor to its new persistent id, or ends that. */
export const CONSENT = 'consent'

/** From a server, it is a custom event. */
export const isConsent = ({ name, recordId }: IncomingEvent): boolean => name === CONSENT && recordId !== null

type Resolve = (event: IncomingEvent) => Promise<Identity>

/** Visitors of whom this isolate remembers the number: a page sends two beacons, and the next page follows. */
const MOST_REMEMBERED = 1000

const remember = async (numbers: Map<number, number>, name: number, made: Promise<number>): Promise<number> => {
  const number = await made
  if (numbers.size >= MOST_REMEMBERED) numbers.clear()
  numbers.set(name, number)
  return number
}

/**
 * By day's key, which belongs to one site's day, numbers of visitors by the isolate's names for them: neither address nor
 * User-Agent is held.
 */
const remembered = new WeakMap<CryptoKey, Map<number, number>>()

const numberOf = (key: CryptoKey, who: string): number | Promise<number> => {
  const numbers = remembered.get(key) ?? new Map<number, number>()
  remembered.set(key, numbers)
  const name = isolateName(who)
  return numbers.get(name) ?? remember(numbers, name, keyedHash47(key, who))
}

const seed = (sender: EventSender): string => `${sender.address?.trim().toLowerCase()}\n${sender.userAgent}`

/**
 * Turns senders into visitors:
 *
 *     persistent id -HMAC(site's secret, visitor_id)
 *                    and by itself when a browser sent one that the snippet cannot have made
 *     user          -HMAC(site's secret, user_id)
 *     otherwise      HMAC(salt of the site's local day, address, User-Agent)
 *
 * Sites differ in secrets and salts, so no id is of use on another site; a day's salt is random and is
 * destroyed within 48 hours, so no id of one day can be told from an address after that.
 */
export const visitorIdentifier = (db: CachedDatabase, site: SiteConfig): Resolve => {
  let secret: Promise<CryptoKey> | undefined
  let persistentIds: Map<string, Promise<number>> | undefined
  const persistentIdOf = (kind: LastingKind, id: string): Promise<number> => {
    const key = `${kind}\n${id}`
    secret ??= hmacKey(site.secret)
    persistentIds ??= new Map()
    const known = persistentIds.get(key) ?? secret.then(siteKey => lastingId(siteKey, kind, id))
    persistentIds.set(key, known)
    return known
  }

  const dailyVisitor = async (sender: EventSender, time: number): Promise<Omit<Identity, 'known'>> => {
    const { day, start, end } = localDayOf(time, site.timezone)
    const who = seed(sender)
    const early = time - start < AROUND_MIDNIGHT ? await saltOf(db, site.id, day - 1) : null
    // Until the next day has begun no session of it is final.
    const isLate = end <= Date.now() && end - time < AROUND_MIDNIGHT
    const late = isLate ? await existingSalt(db, site.id, day + 1) : null
    return {
      visitor: await numberOf(await saltOf(db, site.id, day), who),
      previous: early && (await numberOf(early, who)),
      next: late && (await numberOf(late, who)),
      dayStart: start,
    }
  }

  const persistentVisitor = async (kind: LastingKind, id: string, time: number): Promise<Omit<Identity, 'known'>> => {
    const dayStart = localDayOf(time, site.timezone).start
    return { visitor: await persistentIdOf(kind, id), previous: null, next: null, dayStart }
  }

  const ofSender = ({ sender, time, recordId }: IncomingEvent): Promise<Omit<Identity, 'known'>> | null => {
    const { visitorId } = sender
    if (visitorId !== null) {
      const isOwn = recordId !== null && !PERSISTENT_ID.test(visitorId)
      return persistentVisitor(isOwn ? 'browser' : 'visitor', visitorId, time)
    }
    return sender.address !== null && sender.userAgent !== null ? dailyVisitor(sender, time) : null
  }

  return async event => {
    const { sender, time } = event
    const visitor = await ofSender(event)
    if (isConsent(event)) {
      const ofDay = await dailyVisitor(sender, time)
      const answer = event.parameters.properties?.analytics
      // Withdrawn consent ends the link of the day's visitor.
      if (answer === false) return { ...ofDay, known: ofDay.visitor }
      const begins = answer === true && visitor !== null && sender.visitorId !== null
      return { ...ofDay, ...visitor, known: begins ? ofDay.visitor : null, dayStart: ofDay.dayStart }
    }
    if (sender.userId !== null) {
      const user = await persistentIdOf('user', sender.userId)
      return { previous: null, next: null, dayStart: time, ...visitor, visitor: user, known: visitor?.visitor ?? null }
    }
    if (!visitor) throw new Error('a sender without any id was validated')
    return { ...visitor, known: null }
  }
}
