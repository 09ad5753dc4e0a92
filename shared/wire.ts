/**
 * The wire format: what the snippet posts to the collector, as JSON in a `text/plain` body.
 *
 * Every record stands on its own. A page view is sent when it begins and again, with larger running
 * totals, whenever the page is left; the collector keeps the largest, so that a lost, doubled or late
 * beacon does no harm. The collector accepts the format of every earlier release: add fields, never
 * change one.
 */
export interface Beacon {
  /** Version of the format. */
  readonly v: 1
  /** The site, as in `data-site`. */
  readonly s: string
  /** The browser's clock when this was sent, epoch milliseconds: tells the collector how wrong it is. */
  readonly n: number
  /** The lasting id of `data-id="persistent"`, as `PERSISTENT_ID` has it. */
  readonly p?: string
  /** What happened, oldest first, at most `LIMITS.recordsPerBeacon`. */
  readonly e: readonly WireRecord[]
}

export type WireRecord = WireView | WireEvent

interface WirePlace {
  /** The record's own id: an integer from 0 to 2^31 - 1, drawn at random. */
  readonly i: number
  /** When it began by the browser's clock, epoch milliseconds; the same in every repetition. */
  readonly t: number
  /** The page's full address. */
  readonly u: string
  /** The referrer: `document.referrer`, or the page before on a route change. */
  readonly r?: string
}

/** A page view and its running totals. */
export interface WireView extends WirePlace {
  /** Visible milliseconds so far. */
  readonly m?: number
  /** Deepest share of the page seen so far, percent; unknown if left out. */
  readonly d?: number
  /** Clicks on interactive elements so far; unknown if left out, and as 0 without `d`, which begins a page view. */
  readonly c?: number
}

/** Anything else that happened; `k` tells it from a page view. */
export interface WireEvent extends WirePlace {
  /** The event's name, as in shared/events.ts; `identify` joins this visitor to a user. */
  readonly k: string
  /** Its parameters and properties, flat, as given to `footfall()`. */
  readonly o?: Readonly<Record<string, unknown>>
}

/**
 * A persistent id as the snippet makes it, which is `Math.random()` as a text. A server may send it as `visitor_id`
 * to join a browser; ids of any other form that a browser sends are its own and join nothing, so that nobody can
 * claim a visitor whose id they guess.
 */
export const PERSISTENT_ID = /^0\.\d{8,}$|^\d(\.\d+)?e-\d+$/

/** The header that says why an accepted beacon was deliberately not stored. */
export const DROPPED_HEADER = 'x-footfall-dropped'
