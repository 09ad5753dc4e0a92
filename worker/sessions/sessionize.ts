import { SESSION_LIMIT, SESSION_TIMEOUT } from '../../shared/sessionRules'

/** A fact as sessions see it. */
export interface SessionEvent {
  /** As stored with the fact. */
  readonly visitor: number
  /** Who that was: the user, when the visitor turned out to be one. */
  readonly person: number
  readonly time: number
  /** Milliseconds from the start to the end of the activity. */
  readonly reach: number
  readonly id: number
  /** Stored id of the event; 0 is a page view. */
  readonly name: number
  readonly active: boolean
  readonly page: number | null
  readonly source: number | null
  readonly place: number | null
  readonly device: number | null
  /** `null` where nobody reported any. */
  readonly clicks: number | null
}

export interface Session {
  /** The person who began it. */
  readonly visitor: number
  /** Who the person was after the first midnight, where that is another id. */
  next: number | null
  readonly begin: number
  /** Milliseconds from the beginning to the start of the last activity. */
  last: number
  /** Milliseconds from the beginning to the end of the last activity. */
  duration: number
  /** Milliseconds from the beginning to the visit that 24 hours, not a pause, set apart. */
  cut: number | null
  seen: number
  views: number
  /** Of the page views that reported theirs, `null` when none did. */
  clicks: number | null
  actions: number
  /** Bit n is set when it holds the known event with id n. */
  events: number
  entry: number | null
  exit: number | null
  readonly source: number | null
  readonly place: number | null
  readonly device: number | null
}

/** A visit and the stored visitors its facts stand under. */
export interface DerivedSession extends Session {
  readonly moments: readonly SessionEvent[]
}

const PAGE_VIEW = 0
const KNOWN = 52

/**
 * The order of facts: by time; of one time activity first, so that what is none finds the session it
 * begins; then page views; then by id. Arrival has no part in it.
 */
export const byTime = (a: SessionEvent, b: SessionEvent): number =>
  a.time - b.time ||
  Number(b.active) - Number(a.active) ||
  Number(a.name !== PAGE_VIEW) - Number(b.name !== PAGE_VIEW) ||
  a.id - b.id ||
  a.visitor - b.visitor

const hasBit = (mask: number, bit: number): boolean => Math.floor(mask / 2 ** bit) % 2 === 1

const note = (visit: Session, moments: SessionEvent[], moment: SessionEvent): void => {
  if (moment.name < KNOWN && !hasBit(visit.events, moment.name)) visit.events += 2 ** moment.name
  moments.push(moment)
}

const begin = (moment: SessionEvent): Session => ({
  visitor: moment.person,
  next: null,
  begin: moment.time,
  last: 0,
  duration: 0,
  cut: null,
  seen: 0,
  views: 0,
  clicks: null,
  actions: 0,
  events: 0,
  entry: null,
  exit: null,
  source: moment.source,
  place: moment.place,
  device: moment.device,
})

const add = (visit: Session, moment: SessionEvent): void => {
  visit.last = moment.time - visit.begin
  visit.duration = Math.max(visit.duration, visit.last + moment.reach)
  if (moment.person !== visit.visitor) visit.next = moment.person
  if (moment.name !== PAGE_VIEW) {
    visit.actions++
    return
  }
  visit.seen += moment.reach
  visit.views++
  if (moment.clicks !== null) visit.clicks = (visit.clicks ?? 0) + moment.clicks
  visit.entry ??= moment.page
  visit.exit = moment.page
}

/**
 * The sessions of one timeline: activity with no gap over 30 minutes, gaps being measured from the end
 * of what was seen to the start of what comes next; activity 24 hours or more after a session began
 * starts another. What is no activity belongs to the session it falls into, and changes nothing of it
 * but which events it holds.
 *
 * A pure function of the facts: their order in the list does not matter.
 * @example sessionize([view(0), view(30 * 60_000)]).length // 1
 */
export const sessionize = (moments: readonly SessionEvent[]): DerivedSession[] => {
  const sessions: DerivedSession[] = []
  let current: (Session & { moments: SessionEvent[] }) | undefined
  for (const moment of [...moments].sort(byTime)) {
    const continues = current !== undefined && moment.time - (current.begin + current.duration) <= SESSION_TIMEOUT
    if (!moment.active) {
      if (current && continues) note(current, current.moments, moment)
      continue
    }
    if (!current || !continues || moment.time - current.begin >= SESSION_LIMIT) {
      if (current && continues) current.cut = moment.time - current.begin
      current = { ...begin(moment), moments: [] }
      sessions.push(current)
    }
    add(current, moment)
    note(current, current.moments, moment)
  }
  return sessions
}
