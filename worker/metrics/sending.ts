import { EVENTS, type EventName, type EventParameters, eventDefinition } from '../../shared/events'
import { IMPORTS, type ImportKind } from '../../shared/imports'
import type { Metric } from './metric'

/** What a metric is made of beside page views, as examples to send. */
export interface Sending {
  readonly events: readonly { readonly name: EventName; readonly parameters: EventParameters }[]
  readonly imports: readonly { readonly kind: ImportKind; readonly row: Readonly<Record<string, string>> }[]
}

const isNamedIn = (words: string, name: string): boolean => words.split(/[^a-z_]+/).includes(name)

const eventsOf = ({ events, send, formula, help }: Metric): NonNullable<Metric['events']> =>
  events ?? EVENTS.map(({ name }) => name).filter(name => isNamedIn(send ?? `${formula} ${help}`, name))

/**
 * What to send to get a metric: what its own words name, as the tables of events and imports give an example of it.
 * @example sendingOf({ send: 'sign_up', … }) // { events: [{ name: 'sign_up', parameters: {} }], imports: [] }
 */
export const sendingOf = (metric: Metric): Sending => ({
  events: eventsOf(metric).map(event => {
    const [name, parameters] = typeof event === 'string' ? [event, eventDefinition(event)?.example ?? {}] : event
    return { name, parameters }
  }),
  imports: IMPORTS.filter(({ kind }) => metric.send?.includes(`/api/v1/imports/${kind}`)).map(({ kind, example }) => ({
    kind,
    row: example,
  })),
})
