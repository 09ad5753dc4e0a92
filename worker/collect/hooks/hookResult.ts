import type { EventName } from '../../../shared/events'

/** An event that a webhook reports, as `POST /api/v1/events` takes it. */
export interface HookEvent {
  /** The same for every delivery of the webhook, so that repeating it changes nothing. */
  readonly id: string
  readonly name: EventName | 'identify'
  /** Epoch milliseconds. */
  readonly time: number
  /** The provider's id of the customer, which `withHiddenVisitor` hides. */
  readonly visitor_id?: string
  readonly user_id?: string
  readonly [parameter: string]: unknown
}

/** What a webhook reports, or in a sentence why nothing of it counts. */
export type HookResult = { readonly events: readonly HookEvent[] } | { readonly ignored: string }

export const counted = (...events: readonly HookEvent[]): HookResult => ({ events })

export const ignored = (reason: string): HookResult => ({ ignored: reason })

/** @example uncounted('customer.created') */
export const uncounted = (topic: string): HookResult =>
  ignored(`Footfall ignores events of type "${topic.slice(0, 100)}".`)
