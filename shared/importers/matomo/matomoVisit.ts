import type { MatomoObject } from './matomoObject.ts'
import { textOf } from './matomoObject.ts'

/** The collector's names of what Matomo calls otherwise. */
const BROWSERS: Readonly<Record<string, string>> = {
  'Chrome Mobile': 'Chrome',
  'Chrome Mobile iOS': 'Chrome',
  'Chrome Webview': 'Chrome',
  'DuckDuckGo Privacy Browser': 'DuckDuckGo',
  'Firefox Mobile': 'Firefox',
  'Firefox Mobile iOS': 'Firefox',
  'Mobile Safari': 'Safari',
  'Opera Mobile': 'Opera',
  'Opera Mini': 'Opera',
  'Samsung Browser': 'Samsung Internet for Android',
}

const SYSTEMS: Readonly<Record<string, string>> = {
  'GNU/Linux': 'Linux',
  Mac: 'macOS',
  iPadOS: 'iOS',
}

const DEVICES: Readonly<Record<string, string>> = {
  desktop: 'desktop',
  'feature phone': 'mobile',
  phablet: 'mobile',
  smartphone: 'mobile',
  tablet: 'tablet',
  tv: 'tv',
}

const countryOf = (code: string): string | undefined =>
  /^[a-z]{2}$/i.test(code) && code !== 'xx' ? code.toUpperCase() : undefined

/** What Matomo says of the visitor of a visit, as fields of an event. */
export const matomoVisitor = (visit: MatomoObject) => {
  const browser = textOf(visit.browserName)
  const os = textOf(visit.operatingSystemName)
  return {
    visitor_id: textOf(visit.visitorId) || textOf(visit.fingerprint) || `visit-${textOf(visit.idVisit)}`,
    user_id: textOf(visit.userId) || undefined,
    browser: (BROWSERS[browser] ?? browser) || undefined,
    os: (SYSTEMS[os] ?? os) || undefined,
    device: DEVICES[textOf(visit.deviceType).toLowerCase()],
    language: textOf(visit.languageCode) || undefined,
    country: countryOf(textOf(visit.countryCode)),
    region: textOf(visit.region) || undefined,
    city: textOf(visit.city) || undefined,
  }
}

/** Where a visit came from, as the referrer of its first page and as parameters of its address. */
export interface MatomoOrigin {
  readonly referrer: string | undefined
  readonly parameters: Readonly<Record<string, string>>
}

/** Matomo takes a campaign out of the address and stores it with the visit. */
export const matomoOrigin = (visit: MatomoObject): MatomoOrigin => {
  const referrer = textOf(visit.referrerUrl)
  if (textOf(visit.referrerType) !== 'campaign')
    return { referrer: /^https?:/.test(referrer) ? referrer : undefined, parameters: {} }
  const parameters = {
    utm_campaign: textOf(visit.campaignName) || textOf(visit.referrerName),
    utm_source: textOf(visit.campaignSource),
    utm_medium: textOf(visit.campaignMedium),
    utm_term: textOf(visit.campaignKeyword) || textOf(visit.referrerKeyword),
    utm_content: textOf(visit.campaignContent),
  }
  return { referrer: undefined, parameters }
}
