/** The location of a visitor; `''` for a part that is unknown. */
export interface Location {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly region: string
  readonly city: string
}

/**
 * Cloudflare's codes that name no country: `XX` when it has no data, `T1` for Tor.
 * @see https://developers.cloudflare.com/fundamentals/reference/http-headers/#cf-ipcountry
 */
const NO_COUNTRY = new Set(['XX', 'T1'])

/**
 * The location that Cloudflare, or the file of one's own server, has for a request's address.
 * @example locationOf(request.cf) // { country: 'SE', region: 'Skåne County', city: 'Malmö' }
 */
export function locationOf(cf: IncomingRequestCfProperties | undefined): Location {
  const country = cf?.country ?? ''
  if (NO_COUNTRY.has(country)) return { country: '', region: '', city: '' }
  return { country, region: cf?.region ?? '', city: cf?.city ?? '' }
}
