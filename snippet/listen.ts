import { guard } from './guard'

/**
 * Listens on the window in the capture phase, before a listener of the page can stop the event.
 * @param types separated by spaces
 * @see https://github.com/WICG/interventions/issues/35 why these listeners are passive by default
 */
export const listen = <E extends Event>(types: string, run: (event: E) => void): void => {
  for (const type of types.split(' ')) addEventListener(type, guard(run) as EventListener, true)
}
