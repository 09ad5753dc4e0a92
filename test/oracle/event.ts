import type { EventName } from '../../shared/events.ts'
import type { SiteSettings } from '../../shared/settings.ts'

export interface RawItem {
  readonly item_id: string
  readonly item_category?: string
  readonly price?: number
  readonly quantity?: number
}

/** One event in the shape of `POST /api/v1/events`. */
export interface RawEvent {
  /** True if a browser sends it, in a beacon without an id and a write key. */
  readonly fromBrowser?: true
  /** True of a server's order that a browser sent, too. */
  readonly seen?: true
  readonly id?: string
  readonly name: EventName | (string & {})
  /** ISO 8601 or epoch milliseconds. */
  readonly time: string | number
  readonly visitor_id?: string
  readonly user_id?: string
  readonly ip?: string
  readonly user_agent?: string
  readonly url?: string
  readonly referrer?: string
  readonly country?: string
  readonly region?: string
  readonly city?: string
  readonly language?: string
  readonly currency?: string
  readonly value?: number
  readonly transaction_id?: string
  readonly items?: readonly RawItem[]
  readonly engaged_seconds?: number
  /** Percent. */
  readonly scroll_depth?: number
  readonly clicks?: number
  /** Seconds. */
  readonly lcp?: number
  readonly inp?: number
  readonly cls?: number
  readonly interactive?: boolean
  readonly properties?: Readonly<Record<string, string | number | boolean>>
}

export interface TruthSite {
  readonly timezone: string
  readonly currency: string
  readonly settings?: Partial<SiteSettings>
}

/**
 * The time of an event, epoch milliseconds.
 * @example timeOf({ name: 'page_view', time: '1970-01-01T00:00:01Z' }) // 1000
 */
export const timeOf = (event: RawEvent): number =>
  typeof event.time === 'number' ? event.time : new Date(event.time).getTime()

/** Fields about the location and device of an event. */
const CONTEXT: readonly string[] = [
  'url',
  'referrer',
  'country',
  'region',
  'city',
  'user_agent',
  'language',
] satisfies (keyof RawEvent)[]

export const contextOf = (event: RawEvent): Partial<RawEvent> =>
  Object.fromEntries(Object.entries(event).filter(([name]) => CONTEXT.includes(name)))

export const withoutContext = (event: RawEvent): RawEvent =>
  Object.fromEntries(Object.entries(event).filter(([name]) => !CONTEXT.includes(name))) as unknown as RawEvent

/** The ids that identify the visitor of an event. */
export const whoOf = ({ visitor_id, user_id }: RawEvent): Partial<RawEvent> => ({
  ...(visitor_id !== undefined && { visitor_id }),
  ...(user_id !== undefined && { user_id }),
})
