import type { Child } from './dom'

/**
 * Replaces what a panel shows. A link that had the focus gives it to the one that leads to the same place, so that who
 * uses the keyboard goes on from where they were.
 */
export const refill = (body: HTMLElement, ...children: readonly Child[]): void => {
  const focused = body.contains(document.activeElement) ? document.activeElement?.getAttribute('href') : null
  body.replaceChildren(...children.filter(child => child !== null && child !== undefined && child !== false))
  if (focused) body.querySelector<HTMLAnchorElement>(`a[href="${CSS.escape(focused)}"]`)?.focus()
}
