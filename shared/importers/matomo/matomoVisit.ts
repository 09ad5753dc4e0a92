import { browserName } from '../browserName.ts'
import { deviceKind } from '../deviceKind.ts'
import { systemName } from '../systemName.ts'
import type { MatomoObject } from './matomoObject.ts'
import { textOf } from './matomoObject.ts'

const countryOf = (code: string): string | undefined =>
  /^[a-z]{2}$/i.test(code) && code !== 'xx' ? code.toUpperCase() : undefined

/** What Matomo says of the visitor of a visit, as fields of an event. */
export const matomoVisitor = (visit: MatomoObject) => {
  return {
    visitor_id: textOf(visit.visitorId) || textOf(visit.fingerprint) || `visit-${textOf(visit.idVisit)}`,
    user_id: textOf(visit.userId) || undefined,
    browser: browserName(textOf(visit.browserName)) || undefined,
    os: systemName(textOf(visit.operatingSystemName)) || undefined,
    device: deviceKind(textOf(visit.deviceType)) || undefined,
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
