import { type EventName, type EventParameters, eventDefinition } from '../../shared/events'
import { IMPORTS, type ImportKind } from '../../shared/imports'
import type { Metric } from './metric'

/** Examples of the events and imports that a metric counts besides page views. */
export interface Sending {
  readonly events: readonly { readonly name: EventName; readonly parameters: EventParameters }[]
  readonly imports: readonly { readonly kind: ImportKind; readonly row: Readonly<Record<string, string>> }[]
}

/**
 * Examples of the input of a metric, from shared/events.ts and shared/imports.ts.
 * @example sendingOf({ events: ['sign_up'], imports: [] }) // { events: [{ name: 'sign_up', parameters: {} }], imports: [] }
 */
export const sendingOf = ({ events, imports }: Pick<Metric, 'events' | 'imports'>): Sending => ({
  events: events.map(event => {
    const [name, parameters] = typeof event === 'string' ? [event, eventDefinition(event)?.example ?? {}] : event
    return { name, parameters }
  }),
  imports: IMPORTS.filter(({ kind }) => imports.includes(kind)).map(({ kind, example }) => ({ kind, row: example })),
})
