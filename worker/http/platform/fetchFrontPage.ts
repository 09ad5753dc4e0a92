import { isPublicHost } from '../../lib/isPublicHost'
import { Problem } from '../../lib/problem'
import type { FrontPage } from './detectPlatform'

/** Bytes. */
const MOST_BYTES = 500_000

/** Milliseconds, redirects included. */
const PATIENCE = 5_000

const MOST_REDIRECTS = 3

const unreachable = (why: string): Problem =>
  new Problem(
    422,
    'front_page_unreachable',
    `The front page could not be read: ${why}. Choose your platform from the list.`,
  )

/** The target of a redirect; `null` if the response is the page. Only https:// addresses of the site are followed. */
const redirectOf = (response: Response, from: URL, domain: string): URL | null => {
  const location = response.headers.get('location')
  if (response.status < 300 || response.status > 399 || location === null) return null
  const to = URL.parse(location, from)
  const isOwn = to !== null && (to.hostname === domain || to.hostname.endsWith(`.${domain}`))
  if (isOwn && to.protocol === 'https:' && to.port === '' && to.username === '' && to.password === '') return to
  throw unreachable('it redirects to another host or away from https')
}

const beginningOf = async (response: Response): Promise<string> => {
  if (!response.body) return ''
  const decoder = new TextDecoder()
  const reader = response.body.getReader()
  let html = ''
  let bytes = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.byteLength
    html += decoder.decode(part.value, { stream: true })
    if (bytes >= MOST_BYTES) {
      await reader.cancel()
      break
    }
  }
  return html
}

const follow = async (domain: string, ask: typeof fetch): Promise<FrontPage> => {
  const headers = { accept: 'text/html', 'user-agent': 'Footfall (installation)' }
  const signal = AbortSignal.timeout(PATIENCE)
  let url = new URL(`https://${domain}/`)
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await ask(url.href, { headers, signal, redirect: 'manual' })
    const to = redirectOf(response, url, domain)
    if (!to) return { headers: response.headers, html: await beginningOf(response) }
    await response.body?.cancel()
    url = to
  }
  throw unreachable('it redirects too many times')
}

/**
 * Fetches the front page of a site, only from public hosts, over https and within the site's domain.
 * @param ask sends the requests
 * @throws Problem `not_public`, `front_page_unreachable`
 */
export const fetchFrontPage = async (domain: string, ask: typeof fetch = fetch): Promise<FrontPage> => {
  if (!isPublicHost(domain)) {
    throw new Problem(422, 'not_public', `"${domain}" is not a public host. Choose your platform from the list.`)
  }
  try {
    return await follow(domain, ask)
  } catch (error) {
    throw error instanceof Problem ? error : unreachable('it did not answer')
  }
}
