import { aiCrawlerOf } from '../../aiCrawlerOf.ts'
import { LIMITS } from '../../limits.ts'
import type { ImportBatch } from '../importFormat.ts'
import type { LoggedRequest } from './loggedRequest.ts'

/** Pages and crawlers of a day that are counted apart; the other pages are counted together. */
const MOST_ROWS = 1_000

const OTHER = '(other)'

const utcDay = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** As the collector names a page: without its query. */
const pathOf = (target: string): string => {
  const path = URL.parse(target, 'https://site.invalid')?.pathname ?? target
  return path.slice(0, LIMITS.path)
}

/** Counts pages that crawlers of AI services fetched, by day. A log is not sorted: no day is over before the log is. */
export class AiFetches {
  readonly #dayOf: (time: number) => string
  readonly #days = new Map<string, Map<string, number>>()

  /** @param dayOf the day of a time; by default in UTC */
  constructor(dayOf = utcDay) {
    this.#dayOf = dayOf
  }

  /** Returns whether the request was a crawler's, and counted. */
  add({ time, target, userAgent }: LoggedRequest): boolean {
    const crawler = aiCrawlerOf(userAgent)
    if (crawler === null) return false
    const day = this.#dayOf(time)
    const rows = this.#days.get(day) ?? new Map<string, number>()
    this.#days.set(day, rows)
    const key = `${crawler}\n${pathOf(target)}`
    const counted = rows.has(key) || rows.size < MOST_ROWS ? key : `${crawler}\n${OTHER}`
    rows.set(counted, (rows.get(counted) ?? 0) + 1)
    return true
  }

  /** A batch for each day. */
  *batches(): Generator<ImportBatch> {
    for (const [day, rows] of [...this.#days].sort(([one], [other]) => (one < other ? -1 : 1)))
      yield {
        kind: 'ai_fetches',
        rows: [...rows].map(([key, fetches]) => {
          const [crawler, page] = key.split('\n')
          return { day, page, crawler, fetches }
        }),
      }
  }
}
