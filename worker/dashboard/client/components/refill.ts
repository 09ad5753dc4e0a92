import type { Child } from './h'

/**
 * Replaces what a panel shows. A link that had the focus gives it to the one of the same words that leads to the same
 * place, so that who uses the keyboard goes on from where they were.
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
