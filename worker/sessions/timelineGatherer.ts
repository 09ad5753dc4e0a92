import { SESSION_LIMIT, SESSION_TIMEOUT } from '../../shared/sessionRules'
import { HOUR } from '../../shared/time'
import { forEachYielding } from '../lib/forEachYielding'
import type { VisitorLink } from './personAt'
import type { SessionReader, VisitorHour } from './sessionReader'
import type { TimelineEvent } from './timelineEvent'
import { UnionFind } from './unionFind'
import { VisitorHours } from './visitorHours'

/** Events that belong together: no other event can change their sessions. */
export interface Timelines {
  readonly events: TimelineEvent[]
  readonly links: VisitorLink[]
  /** Everybody whom the sessions can be stored under, with the hours that were read. */
  readonly persons: VisitorHour[]
}

/**
 * Hours to read beyond those that an event needs, by round, the last one for all further rounds: a page that reports for
 * days is then read in a few rounds. Most timelines end in the first two.
 */
const MARGINS = [0, 0, 4, 12, 36, 108]

/** A cookieless id has no events beyond the day on which it was linked. */
const isOver = (visitor: number, hour: number, links: readonly VisitorLink[]): boolean =>
  visitor > 0 &&
  links.length > 0 &&
  links.every(({ since }) => Math.abs(hour - Math.floor(since / HOUR)) > SESSION_LIMIT / HOUR + 2)

/**
 * Starts with some hours of some visitors and reads until nothing unread can matter: every other id of the same person,
 * the id of the day before where an event names one, and the hours before and after as long as events follow each other
 * without a pause.
 */
export class TimelineGatherer {
  readonly #reader: SessionReader
  readonly #groups = new UnionFind<number>()
  /** By the root of a group: the hours to read, and its members. */
  #hours = new Map<number, Set<number>>()
  #members = new Map<number, Set<number>>()
  readonly #events = new Set<TimelineEvent>()
  readonly #links = new Map<string, VisitorLink>()
  readonly #linksByVisitor = new Map<number, VisitorLink[]>()
  readonly #linked = new Set<number>()
  readonly #read = new VisitorHours<true>()
  #margin = 0
  #newIds: number[] = []

  constructor(reader: SessionReader) {
    this.#reader = reader
  }

  #join(a: number, b: number): void {
    const [rootA, rootB] = [this.#root(a), this.#root(b)]
    if (rootA === rootB) return
    this.#groups.union(rootA, rootB)
    for (const map of [this.#hours, this.#members]) {
      const into = map.get(rootA) as Set<number>
      for (const entry of map.get(rootB) ?? []) into.add(entry)
      map.delete(rootB)
    }
  }

  #root(id: number): number {
    const root = this.#groups.find(id)
    if (!this.#members.has(root)) {
      this.#members.set(root, new Set([root]))
      this.#hours.set(root, new Set())
      this.#newIds.push(root)
    }
    return root
  }

  /** Adds an hour of a visitor to what must be read. */
  seed(visitor: number, hour: number): void {
    this.#hours.get(this.#root(visitor))?.add(hour)
  }

  /** Adds an event that was read, and the hours that can matter because of it. Ignores an event that it has. */
  add(event: TimelineEvent): void {
    if (this.#events.has(event)) return
    this.#events.add(event)
    if (event.previous !== null) this.#join(event.visitor, event.previous)
    const first = Math.floor((event.time - SESSION_TIMEOUT) / HOUR)
    const last = Math.floor((event.time + event.reach + SESSION_TIMEOUT) / HOUR)
    const from = first - this.#marginAt(event.visitor, first)
    const to = last + this.#marginAt(event.visitor, last)
    for (let hour = from; hour <= to; hour++) this.seed(event.visitor, hour)
  }

  /** None where a timeline does not go on into unread hours. */
  #marginAt(visitor: number, hour: number): number {
    return this.#read.get(visitor, hour) ? 0 : this.#margin
  }

  async #readLinks(): Promise<void> {
    while (this.#newIds.length > 0) {
      const ids = this.#newIds.filter(id => !this.#linked.has(id))
      this.#newIds = []
      for (const id of ids) this.#linked.add(id)
      if (ids.length === 0) return
      for (const link of await this.#reader.linksOf(ids)) {
        const key = `${link.visitor}/${link.user}`
        if (this.#links.has(key)) continue
        this.#links.set(key, link)
        this.#linksByVisitor.set(link.visitor, [...(this.#linksByVisitor.get(link.visitor) ?? []), link])
        this.#join(link.visitor, link.user)
      }
    }
  }

  #memberHours(): VisitorHour[] {
    const pairs: VisitorHour[] = []
    for (const [root, members] of this.#members) {
      for (const visitor of members) {
        const links = this.#linksByVisitor.get(visitor) ?? []
        for (const hour of this.#hours.get(root) ?? []) if (!isOver(visitor, hour, links)) pairs.push([visitor, hour])
      }
    }
    return pairs
  }

  /** Reads until nothing is left to read. */
  async gather(): Promise<Timelines> {
    for (let round = 0; ; round++) {
      this.#margin = MARGINS[Math.min(round, MARGINS.length - 1)] ?? 0
      await this.#readLinks()
      const pairs = this.#memberHours()
      const unread = pairs.filter(([visitor, hour]) => !this.#read.get(visitor, hour))
      if (unread.length === 0) {
        return { events: [...this.#events], links: [...this.#links.values()], persons: pairs }
      }
      for (const [visitor, hour] of unread) this.#read.set(visitor, hour, true)
      await this.#reader.read(unread)
      for (const [visitor, hour] of this.#reader.reachingInto(unread)) this.seed(visitor, hour)
      await forEachYielding(this.#reader.eventsOf(unread), event => this.add(event))
    }
  }
}
