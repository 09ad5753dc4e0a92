import { maskEmails } from '../parse/maskEmails'
import { channelOf } from './channel'
import { bare, type KnownReferrer, type ReferrerKind, referrerOfHost, referrerOfName } from './referrers'

/** Where a session came from; `''` for what is unknown. */
export interface Source {
  readonly channel: string
  /** A known site's name, a host, or what the campaign calls itself. */
  readonly source: string
  readonly medium: string
  readonly campaign: string
  readonly term: string
  readonly content: string
  /** The referring page: its host and, but for a search, its path. */
  readonly referrer: string
  /** The campaign's id, as `utm_id` gives it. */
  readonly utm_id: string
}

/** Characters of each value. */
const LONGEST = 200

/** Schemes of referrers; Android's apps give `android-app://com.slack/`. */
const REFERRING = new Set(['http:', 'https:', 'android-app:'])

/** Source and medium of the advertisers' own click ids, where the campaign's parameters name none. */
const AD_CLICKS: Readonly<Record<string, readonly [source: string, medium: string]>> = {
  gclid: ['Google', 'cpc'],
  gbraid: ['Google', 'cpc'],
  wbraid: ['Google', 'cpc'],
  // Display & Video 360: https://support.google.com/dfareporting/answer/7569021
  dclid: ['Google', 'display'],
  msclkid: ['Bing', 'cpc'],
  ttclid: ['TikTok', 'cpc'],
  twclid: ['Twitter', 'cpc'],
  li_fat_id: ['LinkedIn', 'cpc'],
  rdt_cid: ['Reddit', 'cpc'],
  ScCid: ['Snapchat', 'cpc'],
  yclid: ['Yandex', 'cpc'],
}

/** Click ids that links in ordinary posts get too: the site without a referrer to tell it, and no ad. */
const SHARE_CLICKS: Readonly<Record<string, string>> = { fbclid: 'Facebook', igshid: 'Instagram' }

/** The medium of who comes from a known site without a campaign. */
const MEDIUMS: Readonly<Record<ReferrerKind, string>> = {
  search: 'organic',
  social: 'social',
  video: 'referral',
  shopping: 'referral',
  email: 'email',
  paid: 'paid',
  ai: 'ai-assistant',
  referral: 'referral',
}

const NO_QUERY = new URLSearchParams()

interface Named {
  readonly source: string
  /** Unless the campaign gives its own. */
  readonly medium: string
  readonly kind: ReferrerKind | undefined
}

/**
 * The traffic source of a page view; `null` if unknown: the address was typed or bookmarked, or the visitor came from another
 * page of the site.
 *
 * In this order: the campaign's parameters (`utm_source` and the others), an ad's click id, `source`
 * or `ref` unless the link is the site's own, the referrer.
 * @param url the page's address, `null` when there is none
 * @param isInternal whether a host is the site's own
 * @example sourceOf(new URL('https://shop.example/?gclid=1'), '', () => false)?.channel // 'Paid search'
 */
export function sourceOf(url: URL | null, referrer: string, isInternal: (host: string) => boolean): Source | null {
  const query = url?.search ? url.searchParams : NO_QUERY
  const parameter = (name: string): string => clean(query.get(name) ?? '')
  const from = referrerOf(referrer)
  const isOwn = from !== null && (from.hostname === url?.hostname || isInternal(from.hostname))
  const page = isOwn ? null : from

  const ad = adOf(query)
  const named =
    namedBy(parameter('utm_source'), '') ??
    ad ??
    (isOwn ? null : namedBy(parameter('source') || parameter('ref'), MEDIUMS.referral)) ??
    (page && linkedFrom(page)) ??
    namedBy(shareOf(query), '')
  const source = named?.source ?? ''
  const medium = parameter('utm_medium') || ad?.medium || named?.medium || ''
  const tags = {
    campaign: parameter('utm_campaign'),
    term: parameter('utm_term'),
    content: parameter('utm_content'),
    utm_id: parameter('utm_id'),
  }
  if (![source, medium, ...Object.values(tags)].some(Boolean)) return null

  const channel = channelOf({ source, medium, campaign: tags.campaign, kind: named?.kind })
  return { channel, source, medium, ...tags, referrer: page ? referrerText(page) : '' }
}

/** The referring page, where it is one. */
function referrerOf(referrer: string): URL | null {
  const page = referrer === '' ? null : URL.parse(referrer)
  return page && page.hostname !== '' && REFERRING.has(page.protocol) ? page : null
}

function namedBy(text: string, otherwise: string): Named | null {
  if (text === '') return null
  const site = referrerOfName(text)
  return site ? namedAs(site) : { source: text, medium: otherwise, kind: undefined }
}

function adOf(query: URLSearchParams): Named | null {
  const click = Object.keys(AD_CLICKS).find(name => query.get(name))
  const [source, medium] = (click && AD_CLICKS[click]) || []
  return source && medium ? { source, medium, kind: referrerOfName(source)?.kind } : null
}

function shareOf(query: URLSearchParams): string {
  const click = Object.keys(SHARE_CLICKS).find(name => query.get(name))
  return (click && SHARE_CLICKS[click]) || ''
}

function linkedFrom(page: URL): Named {
  const site = siteOfPage(page)
  return site ? namedAs(site) : { source: clean(bare(hostOf(page))), medium: MEDIUMS.referral, kind: undefined }
}

const namedAs = ({ name, kind }: KnownReferrer): Named => ({ source: name, medium: MEDIUMS[kind], kind })

function referrerText(page: URL): string {
  const path = siteOfPage(page)?.kind === 'search' || page.pathname === '/' ? '' : page.pathname
  return clean(bare(hostOf(page)) + path)
}

const siteOfPage = (page: URL): KnownReferrer | undefined => referrerOfHost(hostOf(page), page.pathname)

/** Hosts of `android-app:` keep their case, those of the web come in lower case. */
const hostOf = (page: URL): string => page.hostname.toLowerCase()

/** Without control characters and email addresses, and no longer than is stored. */
function clean(text: string): string {
  if (text === '') return text
  return maskEmails(text)
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, LONGEST)
    .toWellFormed()
}
