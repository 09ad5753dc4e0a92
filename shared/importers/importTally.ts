import { DistinctCount } from './distinctCount.ts'
import type { ImportBatch, ImportedEvent } from './importFormat.ts'

/** Names of events that are counted apart; the rest is counted together. */
const MOST_NAMES = 200

const OTHER = '(other)'

const DAY = 86_400_000

const add = (counts: Map<string, number>, name: string, count: number): void => {
  counts.set(name, (counts.get(name) ?? 0) + count)
}

/** The names under which the report lists rows that are not events. */
const LABELS: Readonly<
  Record<Exclude<ImportBatch['kind'], 'events'>, (row: Readonly<Record<string, unknown>>) => string>
> = {
  days: ({ dimension }) => (dimension ? `values of days by ${dimension}` : 'days'),
  ai_fetches: () => 'pages fetched by AI crawlers, by day and crawler',
}

/** What a file contains: rows that are, or would be, imported, and rows that are skipped. */
export class ImportTally {
  /** Rows that were read and sent, by the name of the event; days by their dimension. */
  readonly names = new Map<string, number>()
  readonly leftOut = new Map<string, number>()
  readonly visitors = new DistinctCount()
  #hasEvents = false
  #first = Number.POSITIVE_INFINITY
  #last = Number.NEGATIVE_INFINITY

  leaveOut(reason: string, count = 1): void {
    if (count > 0) add(this.leftOut, reason, count)
  }

  /** Whether any row was an event: then the report's dates are in UTC, else in the site's time zone. */
  get hasEvents(): boolean {
    return this.#hasEvents
  }

  /** The first and the last day, of events in UTC; `null` when there is none. */
  get days(): readonly [string, string] | null {
    if (this.#first > this.#last) return null
    const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10)
    return [dayOf(this.#first), dayOf(this.#last)]
  }

  get rows(): number {
    return [...this.names.values()].reduce((sum, count) => sum + count, 0)
  }

  /** Counts what passes. */
  async *counting(batches: AsyncIterable<ImportBatch>): AsyncGenerator<ImportBatch> {
    for await (const batch of batches) {
      if (batch.kind === 'events') for (const event of batch.rows) this.#addEvent(event)
      else for (const row of batch.rows) this.#addRow(LABELS[batch.kind](row), row)
      yield batch
    }
  }

  #addEvent(event: ImportedEvent): void {
    this.#hasEvents = true
    const { name, time, visitor_id, user_id, ip, user_agent } = event
    add(this.names, this.names.has(name) || this.names.size < MOST_NAMES ? name : OTHER, 1)
    const at = Number(time)
    this.#addTime(at)
    // As the collector counts them: a visitor without an id is another one each day.
    this.visitors.add(String(visitor_id ?? user_id ?? `${ip} ${user_agent} ${Math.floor(at / DAY)}`))
  }

  #addRow(label: string, row: Readonly<Record<string, unknown>>): void {
    add(this.names, label, 1)
    this.#addTime(Date.parse(String(row.day)))
  }

  #addTime(time: number): void {
    if (!(Math.abs(time) <= 8.64e15)) return
    this.#first = Math.min(this.#first, time)
    this.#last = Math.max(this.#last, time)
  }
}
