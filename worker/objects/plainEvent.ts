import type { IncomingEvent } from '../collect/parse/incomingEvent'

/** An incoming event as JSON has it: a `URL` is its text. */
export type PlainEvent = Omit<IncomingEvent, 'url'> & { readonly url: string | null }

export const plainEvent = (event: IncomingEvent): PlainEvent => ({ ...event, url: event.url?.href ?? null })

export const incomingEvent = (event: PlainEvent): IncomingEvent => ({
  ...event,
  url: event.url === null ? null : new URL(event.url),
})
