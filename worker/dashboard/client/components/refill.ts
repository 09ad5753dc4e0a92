import type { Child } from './h'

/**
 * Replaces the content of a panel. If a link had the focus, the new link with the same address and text gets it, so that
 * keyboard users do not lose their place.
 */
export const refill = (body: HTMLElement, ...children: readonly Child[]): void => {
  const focused = document.activeElement instanceof HTMLAnchorElement ? document.activeElement : null
  const hadFocus = body.contains(focused)
  body.replaceChildren(...children.filter(child => child !== null && child !== undefined && child !== false))
  if (!focused || !hadFocus) return
  const links = [...body.querySelectorAll('a')].filter(({ href }) => href === focused.href)
  const same = links.find(({ textContent }) => textContent === focused.textContent)
  const next = same ?? links[0]
  next?.focus()
}
