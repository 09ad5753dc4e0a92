import { LIMITS } from '../../../shared/limits'
import { memoizePlain } from '../../lib/memoize'
import { Problem } from '../../lib/problem'
import { type Fields, lineOf, text } from './fields'
import { maskEmails } from './maskEmails'

/** A page is begun and left, by many: none of these addresses may be changed. */
const parsed = memoizePlain(address => {
  const url = URL.parse(address)
  return url && /^https?:$/.test(url.protocol) && url.hostname !== '' ? url : null
})

/**
 * The address of a page.
 * @throws Problem `url_too_long`, `bad_url`, `control_characters`, `wrong_type`
 */
export const pageUrl = (fields: Fields, name: string): URL | null => {
  const given = fields[name]
  if (typeof given === 'string' && given.length > LIMITS.url) {
    throw new Problem(400, 'url_too_long', `"${name}" must have at most ${LIMITS.url} characters.`)
  }
  const address = text(fields, name, LIMITS.url)
  if (address === null) return null
  const url = parsed(address)
  if (!url) {
    throw new Problem(400, 'bad_url', `"${name}" must be a full URL, such as https://shop.example/cart.`)
  }
  return url
}

/** A referrer, cut where it is too long: browsers and proxies send what they like. */
export const referrerText = (fields: Fields, name: string): string => {
  const given = fields[name]
  return lineOf(typeof given === 'string' ? given.slice(0, LIMITS.referrer) : given, name, LIMITS.referrer) ?? ''
}

/** The fragment of a page that has its route there. One with `=` holds values, like a token of a sign-in. */
const routeOf = ({ hash }: URL): string => {
  const [route = ''] = hash.split('?')
  return /[=&]/.test(route) ? '' : route
}

type PageEntry = readonly [hostname: string, path: string]

/** Parts of an address that are read often: reading them from a `URL` takes many times as long. */
interface Page {
  readonly entry: PageEntry
  readonly hasQuery: boolean
}

const made = new WeakMap<URL, Page>()

const pageOf = (url: URL): Page => {
  const known = made.get(url)
  if (known) return known
  const path = maskEmails(`${url.pathname}${routeOf(url)}`).slice(0, LIMITS.path)
  const page: Page = { entry: [url.hostname, path], hasQuery: url.search !== '' }
  made.set(url, page)
  return page
}

/** Host and path as they are stored: without the query, and with the fragment where it is part of the path. */
export const pageEntry = (url: URL): PageEntry => pageOf(url).entry

/**
 * The same with the query parameters that the site keeps, in the order of their names in its settings.
 * @example pageEntryWith(new URL('https://shop.example/search?q=mug&page=2'), ['q']) // ['shop.example', '/search?q=mug']
 */
export const pageEntryWith = (url: URL, kept: readonly string[]): PageEntry => {
  const { entry, hasQuery } = pageOf(url)
  if (kept.length === 0 || !hasQuery) return entry
  const query = new URLSearchParams(
    kept.flatMap(name => url.searchParams.getAll(name).map((value): [string, string] => [name, value])),
  ).toString()
  if (query === '') return entry
  return [url.hostname, maskEmails(`${url.pathname}?${query}${routeOf(url)}`).slice(0, LIMITS.path)]
}

/** Whether an address has a query that is not empty. */
export const hasQuery = (url: URL): boolean => pageOf(url).hasQuery

/** Where a link leads as it is stored: without the query and the fragment. */
export const linkText = (link: string): string => {
  const url = URL.parse(link)
  return maskEmails(url && /^https?:$/.test(url.protocol) ? `${url.origin}${url.pathname}` : link)
}

const isOrBelow = (hostname: string, host: string): boolean => hostname === host || hostname.endsWith(`.${host}`)

/** Whether a host is the site's domain, one below it, or one the site's settings name. */
export const isHostOf = (hostname: string, domain: string, hostnames: readonly string[]): boolean =>
  isOrBelow(hostname, domain) || hostnames.some(host => isOrBelow(hostname, host))
