import type { SharedData } from '../../page'
import { h } from './h'

const EMBED = 'embed'
const LANGUAGE = 'lang'

/** Leads a link to the share's own pages; a link to any other page becomes text. */
const keepWithin = ({ path, paths, isEmbedded }: SharedData, link: HTMLAnchorElement): void => {
  const url = new URL(link.href)
  if (url.origin !== location.origin || link.hasAttribute('download')) return
  const isWithin = url.pathname === path || url.pathname.startsWith(`${path}/`)
  const to = isWithin ? url.pathname : paths[url.pathname]
  if (to === undefined) {
    link.removeAttribute('href')
    return
  }
  url.pathname = to
  if (isEmbedded) url.searchParams.set(EMBED, '1')
  const language = new URLSearchParams(location.search).get(LANGUAGE)
  if (language !== null) url.searchParams.set(LANGUAGE, language)
  if (url.href !== link.href) link.href = url.href
}

/** Opens another page of the share with the session in the request's body, as the browser may have stored no cookie. */
const openWith = (session: string, event: MouseEvent): void => {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link?.href || event.defaultPrevented || link.hasAttribute('download') || link.target === '_blank') return
  const url = new URL(link.href)
  if (url.origin !== location.origin || url.pathname === location.pathname) return
  event.preventDefault()
  const form = h(
    'form',
    { method: 'post', action: link.href, hidden: true },
    h('input', { type: 'hidden', name: 'session', value: session }),
  )
  document.body.appendChild(form)
  form.submit()
}

/** Keeps links within the pages of a share. */
export const sharedLinks = (shared: SharedData): void => {
  const keepAll = (): void => {
    for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href]')) keepWithin(shared, link)
  }
  keepAll()
  new MutationObserver(keepAll).observe(document.body, { subtree: true, childList: true, attributeFilter: ['href'] })
  if (!shared.isLocked) return
  const session = shared.key.slice(shared.key.indexOf('.') + 1)
  document.addEventListener('click', event => openWith(session, event))
  // The browser need not ask whether to send the password again when the page is reloaded.
  history.replaceState(null, '', location.href)
}
