import { SESSION_TIMEOUT } from '../../shared/sessionRules'
import type { ResultRow } from '../query/execute/cell'
import type { SessionOfRow } from './exportColumn'

interface Span extends SessionOfRow {
  /** Epoch milliseconds of the last event that it can hold. */
  readonly bound: number
}

const numberOrNull = (value: unknown): number | null => (value === null ? null : Number(value))

const spanOf = (row: ResultRow): Span => {
  const [begin, duration, cut] = [Number(row.begin), Number(row.duration), numberOrNull(row.cut)]
  return {
    person: Number(row.person),
    begin,
    bound: cut === null ? begin + duration + SESSION_TIMEOUT : begin + cut - 1,
    source: numberOrNull(row.source),
    place: numberOrNull(row.place),
    device: numberOrNull(row.device),
  }
}

/** Sessions that can hold what happens from a time on, as rows are read in the order of time; over ones are dropped. */
export class CoveringSessions {
  #spans = new Map<number, Span[]>()

  /** Adds sessions by their begin and drops those that are over before a time. */
  advance(rows: readonly ResultRow[], from: number): void {
    const left = new Map<number, Span[]>()
    for (const [person, spans] of this.#spans) {
      const open = spans.filter(({ bound }) => bound >= from)
      if (open.length > 0) left.set(person, open)
    }
    this.#spans = left
    for (const row of rows) {
      const span = spanOf(row)
      this.#add(span.person, span)
      // After midnight the visitor has another id.
      if (row.next !== null) this.#add(Number(row.next), span)
    }
  }

  #add(person: number, span: Span): void {
    const own = this.#spans.get(person)
    if (own) own.push(span)
    else this.#spans.set(person, [span])
  }

  /** The session of a person at a time, by the rule of `inPart` in worker/relations/sql/tables.ts. */
  at(person: number, time: number): SessionOfRow | null {
    return this.#spans.get(person)?.find(({ begin, bound }) => begin <= time && time <= bound) ?? null
  }
}
