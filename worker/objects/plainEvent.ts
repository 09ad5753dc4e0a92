import type { IncomingEvent } from '../collect/parse/incomingEvent'

/** An incoming event as JSON holds it, with its URL as text. The Worker itself reports what was omitted. */
export type PlainEvent = Omit<IncomingEvent, 'url' | 'omitted'> & { readonly url: string | null }

export const plainEvent = ({ omitted: _, ...event }: IncomingEvent): PlainEvent => ({
  ...event,
  url: event.url?.href ?? null,
})

export const incomingEvent = (event: PlainEvent): IncomingEvent => ({
  ...event,
  omitted: new Map(),
  url: event.url === null ? null : new URL(event.url),
})
