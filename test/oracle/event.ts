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
  /** Whether a browser sends it, in a beacon and without an id, and no write key. */
  readonly browser?: true
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
  readonly interactive?: boolean
  readonly properties?: Readonly<Record<string, string | number | boolean>>
}

export interface TruthSite {
  readonly timezone: string
  readonly currency: string
  readonly settings?: Partial<SiteSettings>
}

/**
 * When an event happened, epoch milliseconds.
 * @example timeOf({ name: 'page_view', time: '1970-01-01T00:00:01Z' }) // 1000
 */
export const timeOf = (event: RawEvent): number =>
  typeof event.time === 'number' ? event.time : new Date(event.time).getTime()

/** Fields that say where an event happened and what the visitor used. */
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

/** The ids that an event names its visitor by. */
export const whoOf = ({ visitor_id, user_id }: RawEvent): Partial<RawEvent> => ({
  ...(visitor_id !== undefined && { visitor_id }),
  ...(user_id !== undefined && { user_id }),
})
