import { guard } from './guard'

/**
 * Listens anywhere in the page, before a listener of the page can stop the event.
 * @param types separated by spaces
 * @see https://github.com/WICG/interventions/issues/35 why none of them has to be declared passive
 */
export const listen = <E extends Event>(types: string, run: (event: E) => void): void => {
  for (const type of types.split(' ')) addEventListener(type, guard(run) as EventListener, true)
}
