import { CompactMap } from './compactMap.ts'
import { dayInZone } from './dayInZone.ts'

/** What both tools count of a day. */
export const COMPARED = ['pageviews', 'visitors', 'sessions', 'bounces'] as const

export type Compared = (typeof COMPARED)[number]

/** The figures of a day or of several; one that is missing is unknown. */
export type ComparedFigures = Readonly<Partial<Record<Compared, number>>>

/** Visitors and sessions of days that are told apart: 25 MB of them. */
const MOST = 1_200_000

/** Days that are kept. A file that has more of them is no history of a site. */
const MOST_DAYS = 20_000

/** How often a session was seen: once, which makes it a bounce, or more. */
const ONCE = 1
const OFTEN = 2

interface Day {
  readonly counts: Partial<Record<Compared, number>>
  /** Whether visitors or sessions could not be told apart any more. */
  isPartial: boolean
}

/**
 * What another tool counted on each day by its own definitions, in bounded memory. Its importer adds what it reads, whether it
 * is imported or not.
 */
export class ToolFigures {
  /** The day of a time in the site's time zone. */
  readonly dayOf: (time: number) => string
  readonly #days = new Map<string, Day>()
  readonly #seen = new CompactMap()
  readonly #most: number
  #size = 0

  constructor(timezone: string, most = MOST) {
    this.dayOf = dayInZone(timezone)
    this.#most = most
  }

  addView(day: string): void {
    this.#count(this.#day(day), 'pageviews', 1)
  }

  addVisitor(day: string, id: string): void {
    const found = this.#day(day)
    if (this.#times(found, `v${day}${id}`) === 0) this.#count(found, 'visitors', 1)
  }

  /** Adds a session. It is a bounce until `keep` says otherwise. Returns whether it is new. */
  addSession(day: string, id: string): boolean {
    const found = this.#day(day)
    if (this.#times(found, `s${day}${id}`) !== 0) return false
    this.#count(found, 'sessions', 1)
    this.#count(found, 'bounces', 1)
    return true
  }

  /** Says that a session is no bounce. */
  keep(day: string, id: string): void {
    const key = `s${day}${id}`
    if (this.#seen.get(key) !== ONCE) return
    this.#seen.set(key, OFTEN)
    this.#count(this.#day(day), 'bounces', -1)
  }

  /** Adds the totals among imported days, which are the tool's own. */
  addDays(rows: readonly Readonly<Record<string, unknown>>[]): void {
    for (const { day, dimension, sessions, engaged_sessions: engaged, ...row } of rows) {
      if (dimension !== '') continue
      const isKnown = typeof sessions === 'number' && typeof engaged === 'number'
      const given = { ...(isKnown && { bounces: sessions - engaged }), sessions, ...row }
      const { counts } = this.#day(String(day))
      for (const name of COMPARED) {
        const number = (given as Readonly<Record<string, unknown>>)[name]
        if (typeof number === 'number') counts[name] = number
      }
    }
  }

  /** The figures of each day, in order. A figure is missing where the file does not tell it. */
  get days(): ReadonlyMap<string, ComparedFigures> {
    const sorted = [...this.#days].toSorted(([one], [other]) => (one < other ? -1 : 1))
    return new Map(
      sorted.map(([day, { counts, isPartial }]) => {
        const { pageviews } = counts
        return [day, isPartial ? { ...(pageviews !== undefined && { pageviews }) } : counts]
      }),
    )
  }

  #day(day: string): Day {
    const known = this.#days.get(day)
    if (known) return known
    const made: Day = { counts: {}, isPartial: false }
    if (this.#days.size < MOST_DAYS) this.#days.set(day, made)
    return made
  }

  #count({ counts }: Day, name: Compared, number: number): void {
    counts[name] = (counts[name] ?? 0) + number
  }

  /** How often a key was seen before; -1 for a new one that there is no room for. */
  #times(day: Day, key: string): number {
    const times = this.#seen.get(key)
    if (times !== undefined) return times
    if (this.#size >= this.#most) {
      day.isPartial = true
      return -1
    }
    this.#seen.set(key, ONCE)
    this.#size++
    return 0
  }
}
