import type { Env } from '../../env'

/** What the analytics of a site's zone at Cloudflare are fetched with. */
export interface EdgeZone {
  readonly zone: string
  readonly token: string
}

/** The variables that name zones and hold the token that may read their analytics. */
export type EdgeVariables = Pick<Env, 'CLOUDFLARE_ZONES' | 'ANALYTICS_TOKEN'>

/**
 * The zone of a site, as `CLOUDFLARE_ZONES` lists it; `null` without one or without a token.
 * @example edgeZoneOf({ CLOUDFLARE_ZONES: 'shop.example=023e105f…', ANALYTICS_TOKEN }, 'shop.example')?.zone // '023e105f…'
 */
export const edgeZoneOf = (
  { CLOUDFLARE_ZONES = '', ANALYTICS_TOKEN = '' }: EdgeVariables,
  domain: string,
): EdgeZone | null => {
  const zones = CLOUDFLARE_ZONES.split(/[\s,]+/).map(entry => entry.split('='))
  const zone = zones.find(([site]) => site?.toLowerCase() === domain)?.[1]
  return zone && /^[0-9a-f]{32}$/.test(zone) && ANALYTICS_TOKEN !== '' ? { zone, token: ANALYTICS_TOKEN } : null
}
