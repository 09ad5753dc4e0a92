import { call } from './call.js'
import type { Events } from './events.js'
import type { Properties } from './properties.js'

export type { Events } from './events.js'
export { init, type Options } from './init.js'
export type { Item, Numeric, Properties } from './properties.js'

/** Any other name is a custom event. The intersection keeps the known names in an editor's suggestions. */
type EventName = keyof Events | (string & Record<never, never>)

/** Properties may be left out unless the event requires one of them. */
type Arguments<P> = Record<never, never> extends P ? [properties?: P] : [properties: P]

/**
 * Records an event.
 * @param name a GA4 name, or one of your own of up to 64 characters
 * @example track('add_to_cart', { currency: 'EUR', value: 40, items: [{ item_id: 'MUG', price: 20, quantity: 2 }] })
 */
export const track = <N extends EventName>(
  name: N,
  ...[properties]: N extends keyof Events ? Arguments<Events[N]> : Arguments<Properties>
): void => call(name, properties as Properties | undefined)

/** From now on this visitor is this user, on every device. Call it after each sign-in. */
export const identify = (userId: string | number): void => call('identify', { user_id: userId })

/** Starts a page view at the current address. Only needed with the option `manual`. */
export const pageView = (): void => call('page_view')

/** `true` creates a persistent id: call it when the visitor agrees. `false` deletes the id. */
export const consent = ({ analytics }: { analytics: boolean }): void => call('consent', { analytics })
