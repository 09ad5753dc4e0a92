import { SESSION_LIMIT, SESSION_TIMEOUT } from '../../shared/sessionRules'
import { HOUR } from '../../shared/time'
import type { VisitorLink } from './personAt'
import type { SessionReader, TimelineEvent, VisitorHour } from './sessionReader'
import { UnionFind } from './unionFind'

/** Facts that belong together, whole: no fact outside can change a session of one inside. */
export interface Timelines {
  readonly facts: TimelineEvent[]
  readonly claims: VisitorLink[]
  /** Everybody the facts' sessions can be stored under, with the hours that were read. */
  readonly persons: VisitorHour[]
}

/** Past the day a cookieless id was claimed on there is nothing of it. */
const isOver = (visitor: number, hour: number, claims: readonly VisitorLink[]): boolean =>
  visitor > 0 &&
  claims.length > 0 &&
  claims.every(({ since }) => Math.abs(hour - Math.floor(since / HOUR)) > SESSION_LIMIT / HOUR + 2)

/**
 * From some hours of some visitors, reads on until nothing unread can matter: every other id of the same
 * person, the id of the day before where a fact names one, and, as long as facts follow on each other
 * with no pause, the hours before and after.
 */
export class TimelineGatherer {
  readonly #reader: SessionReader
  readonly #groups = new UnionFind<number>()
  /** Hours to be read of a group, and who is in it; by the group's root. */
  #hours = new Map<number, Set<number>>()
  #members = new Map<number, Set<number>>()
  readonly #facts = new Map<string, TimelineEvent>()
  readonly #claims = new Map<string, VisitorLink>()
  readonly #claimsByVisitor = new Map<number, VisitorLink[]>()
  readonly #asked = new Set<number>()
  readonly #read = new Set<string>()
  #unasked: number[] = []

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
      this.#unasked.push(root)
    }
    return root
  }

  /** Says that an hour of a visitor matters. */
  seed(visitor: number, hour: number): void {
    this.#hours.get(this.#root(visitor))?.add(hour)
  }

  /** Takes in a fact that was read, and what follows from it. */
  add(fact: TimelineEvent): void {
    this.#facts.set(`${fact.visitor}/${fact.time}/${fact.name}/${fact.id}`, fact)
    if (fact.previous !== null) this.#join(fact.visitor, fact.previous)
    const last = Math.floor((fact.time + fact.reach + SESSION_TIMEOUT) / HOUR)
    for (let hour = Math.floor((fact.time - SESSION_TIMEOUT) / HOUR); hour <= last; hour++)
      this.seed(fact.visitor, hour)
  }

  async #askClaims(): Promise<void> {
    while (this.#unasked.length > 0) {
      const ids = this.#unasked.filter(id => !this.#asked.has(id))
      this.#unasked = []
      for (const id of ids) this.#asked.add(id)
      if (ids.length === 0) return
      for (const claim of await this.#reader.claimsOf(ids)) {
        const key = `${claim.visitor}/${claim.user}`
        if (this.#claims.has(key)) continue
        this.#claims.set(key, claim)
        this.#claimsByVisitor.set(claim.visitor, [...(this.#claimsByVisitor.get(claim.visitor) ?? []), claim])
        this.#join(claim.visitor, claim.user)
      }
    }
  }

  #memberHours(): VisitorHour[] {
    const pairs: VisitorHour[] = []
    for (const [root, members] of this.#members) {
      for (const visitor of members) {
        const claims = this.#claimsByVisitor.get(visitor) ?? []
        for (const hour of this.#hours.get(root) ?? []) if (!isOver(visitor, hour, claims)) pairs.push([visitor, hour])
      }
    }
    return pairs
  }

  /** Reads until nothing is left to read. */
  async gather(): Promise<Timelines> {
    for (;;) {
      await this.#askClaims()
      const pairs = this.#memberHours()
      const unread = pairs.filter(([visitor, hour]) => !this.#read.has(`${visitor}/${hour}`))
      if (unread.length === 0) {
        return { facts: [...this.#facts.values()], claims: [...this.#claims.values()], persons: pairs }
      }
      for (const [visitor, hour] of unread) this.#read.add(`${visitor}/${hour}`)
      await this.#reader.read(unread)
      for (const [visitor, hour] of this.#reader.reachingInto(unread)) this.seed(visitor, hour)
      for (const fact of this.#reader.factsOf(unread)) this.add(fact)
    }
  }
}
