import { CompactMap } from '../compactMap.ts'
import { type Ga4Row, type Ga4Value, textAt } from './ga4Row.ts'

/** What later events say about a page view. */
export interface Ga4Page {
  readonly engaged_seconds: number
  readonly scroll_depth: number | undefined
}

type Parameters = ReadonlyMap<string, Ga4Value>

const WHOLE = 24 * 60 * 60 * 1000

/** Names a page view: by its number, which newer exports have, or else by its address in the session. */
const keyOf = (row: Ga4Row, parameters: Parameters): string =>
  [
    textAt(row, 'user_pseudo_id'),
    parameters.get('ga_session_id'),
    textAt(row, 'batch_page_id') || parameters.get('page_location'),
  ].join('\n')

/**
 * Engagement time and scroll depth of page views. Google Analytics sends both with later events of the page: all of a page
 * goes to the first view of it.
 */
export class Ga4Pages {
  readonly #times = new CompactMap()
  readonly #depths = new CompactMap()

  add(row: Ga4Row, parameters: Parameters): void {
    const milliseconds = Number(parameters.get('engagement_time_msec') ?? 0)
    const key = keyOf(row, parameters)
    if (milliseconds > 0) this.#times.set(key, Math.min(Math.round((this.#times.get(key) ?? 0) + milliseconds), WHOLE))
    if (textAt(row, 'event_name') === 'scroll') this.#depths.set(key, Number(parameters.get('percent_scrolled') ?? 90))
  }

  /** Returns what later events said about a page, once. */
  take(row: Ga4Row, parameters: Parameters): Ga4Page {
    const key = keyOf(row, parameters)
    const time = this.#times.get(key) ?? 0
    const depth = this.#depths.get(key) ?? 0
    if (time > 0) this.#times.set(key, 0)
    if (depth > 0) this.#depths.set(key, 0)
    return { engaged_seconds: time / 1000, scroll_depth: depth > 0 ? Math.min(depth, 100) : undefined }
  }
}
