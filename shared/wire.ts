/**
 * The wire format: what the snippet posts to the collector, as JSON in a `text/plain` body.
 *
 * Every record is complete. A page view is sent when it begins, and again with larger running totals whenever the visitor
 * leaves the page. The collector stores the largest, so that a lost, duplicate or late beacon does no harm. It accepts the
 * format of every earlier release: add fields, never change one.
 */
export interface Beacon {
  /** Version of the format. */
  readonly v: 1
  /** The site, as in `data-site`; without it, the one that the first record's page belongs to. */
  readonly s?: string | null
  /** The browser's clock when this was sent, epoch milliseconds, from which the collector knows how wrong it is. */
  readonly n: number
  /**
   * The persistent id of `data-id="persistent"` or of a consent, in the form of `PERSISTENT_ID`; false or absent for none. true if
   * the browser has Global Privacy Control, which an extension can set without the header `Sec-GPC`: then neither an id nor
   * a user is stored.
   */
  readonly p?: string | boolean
  /** Records, oldest first, at most `LIMITS.recordsPerBeacon`. */
  readonly e: readonly WireRecord[]
}

export type WireRecord = WireView | WireEvent

interface WireBase {
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
export interface WireView extends WireBase {
  /** Visible milliseconds so far. */
  readonly m?: number
  /** Deepest share of the page seen so far, percent; unknown if left out. */
  readonly d?: number
  /** Clicks on interactive elements so far; unknown if left out, and as 0 without `d`, which begins a page view. */
  readonly c?: number
  /** From the module "vitals", with the totals: Largest Contentful Paint, milliseconds. */
  readonly l?: number
  /** Interaction to Next Paint, milliseconds. */
  readonly n?: number
  /** Cumulative Layout Shift. */
  readonly s?: number
}

/** An event; `k` distinguishes it from a page view. */
export interface WireEvent extends WireBase {
  /** The event's name, as in shared/events.ts; `identify` links this visitor to a user, `consent` the day's visitor to `p`. */
  readonly k: string
  /** Its parameters and properties, flat, as given to `footfall()`. */
  readonly o?: Readonly<Record<string, unknown>>
}

/**
 * A persistent id as the snippet creates it: `Math.random()` as a text. A server can send it as `visitor_id` to join the
 * browser's visitor. An id of any other form that a browser sends joins nothing, so that nobody can join a visitor by
 * guessing an id.
 */
export const PERSISTENT_ID = /^0\.\d{8,}$|^\d(\.\d+)?e-\d+$/

/** The header that says why an accepted beacon, or a part of it, was deliberately not stored. */
export const DROPPED_HEADER = 'x-footfall-dropped'

/** Begins the codes of properties that an event was stored without, such as `property:plan`. */
export const PROPERTY_CODE = 'property:'
