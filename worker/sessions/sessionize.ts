import { SESSION_LIMIT, SESSION_TIMEOUT } from '../../shared/sessionRules'

/** An event as sessions see it. */
export interface SessionEvent {
  /** As stored with the event. */
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
  /** Milliseconds from the beginning to the next session, where the 24-hour limit and not a pause separates them. */
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

/** A session with its events, which name the visitors they are stored under. */
export interface DerivedSession extends Session {
  readonly timeline: readonly SessionEvent[]
}

const PAGE_VIEW = 0
const KNOWN = 52

/**
 * The order of events: by time; at one time, activity first, so that an event that is not activity finds the session
 * which the activity begins; then page views; then by id. The order of arrival does not matter.
 */
export const byTime = (a: SessionEvent, b: SessionEvent): number =>
  a.time - b.time ||
  Number(b.active) - Number(a.active) ||
  Number(a.name !== PAGE_VIEW) - Number(b.name !== PAGE_VIEW) ||
  a.id - b.id ||
  a.visitor - b.visitor

const hasBit = (mask: number, bit: number): boolean => Math.floor(mask / 2 ** bit) % 2 === 1

const note = (session: Session, timeline: SessionEvent[], event: SessionEvent): void => {
  if (event.name < KNOWN && !hasBit(session.events, event.name)) session.events += 2 ** event.name
  timeline.push(event)
}

const begin = (event: SessionEvent): Session => ({
  visitor: event.person,
  next: null,
  begin: event.time,
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
  source: event.source,
  place: event.place,
  device: event.device,
})

const add = (session: Session, event: SessionEvent): void => {
  session.last = event.time - session.begin
  session.duration = Math.max(session.duration, session.last + event.reach)
  if (event.person !== session.visitor) session.next = event.person
  if (event.name !== PAGE_VIEW) {
    session.actions++
    return
  }
  session.seen += event.reach
  session.views++
  if (event.clicks !== null) session.clicks = (session.clicks ?? 0) + event.clicks
  session.entry ??= event.page
  session.exit = event.page
}

/**
 * Divides one timeline into sessions: activity with no gap over 30 minutes, measured from the end of one activity to the
 * start of the next. Activity 24 hours or more after a session began starts another. An event that is not activity
 * belongs to the session it falls into and changes only which events the session contains.
 *
 * The order of the events in the list does not matter.
 * @example sessionize([view(0), view(30 * 60_000)]).length // 1
 */
export const sessionize = (timeline: readonly SessionEvent[]): DerivedSession[] => {
  const sessions: DerivedSession[] = []
  let current: (Session & { timeline: SessionEvent[] }) | undefined
  for (const event of [...timeline].sort(byTime)) {
    const continues = current !== undefined && event.time - (current.begin + current.duration) <= SESSION_TIMEOUT
    if (!event.active) {
      if (current && continues) note(current, current.timeline, event)
      continue
    }
    if (!current || !continues || event.time - current.begin >= SESSION_LIMIT) {
      if (current && continues) current.cut = event.time - current.begin
      current = { ...begin(event), timeline: [] }
      sessions.push(current)
    }
    add(current, event)
    note(current, current.timeline, event)
  }
  return sessions
}
