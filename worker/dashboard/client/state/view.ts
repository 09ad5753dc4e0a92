import { searchOf, type View, viewOf } from '../../address'
import { PAGE } from './page'

const read = (): View => ({
  ...viewOf(new URLSearchParams(location.search)),
  site: PAGE.site?.domain ?? '',
})

let current = read()
const listeners: ((view: View) => void)[] = []

const notify = (): void => {
  current = read()
  for (const listener of listeners) listener(current)
}

/** The current view. */
export const view = (): View => current

/** Calls back now and after every change of the view. */
export const onView = (listener: (view: View) => void): void => {
  listeners.push(listener)
  listener(current)
}

/** The address of this page with another view. */
export const hrefOf = (change: Partial<View>): string =>
  `${location.pathname}${searchOf({ ...current, ...change })}` || location.pathname

/** Shows the view of an address of this page, which the back button undoes. */
export const follow = (href: string): void => {
  history.pushState(null, '', href)
  notify()
}

/** Shows another view, which the back button undoes. */
export const go = (change: Partial<View>): void => follow(hrefOf(change))

/** Changes parameters of the page; `null` removes one. */
export const withOwn = (change: Readonly<Record<string, string | null>>): Pick<View, 'own'> => ({
  own: Object.fromEntries(
    Object.entries({ ...current.own, ...change }).filter((entry): entry is [string, string] => entry[1] !== null),
  ),
})

const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey && !event.defaultPrevented

/** Follows links to other views without reloading the page. */
const followLink = (event: MouseEvent): void => {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link || !isPlainClick(event) || !link.hasAttribute('data-view')) return
  event.preventDefault()
  follow(link.href)
}

addEventListener('popstate', notify)
document.addEventListener('click', followLink)
