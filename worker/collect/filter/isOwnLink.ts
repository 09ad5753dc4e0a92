import type { SiteConfig } from '../../storage/siteConfig'
import type { IncomingEvent } from '../parse/incomingEvent'
import { isHostOf } from '../parse/page'

/**
 * True for an outbound click that leads to another host of the same site. The script reports these, because it knows only the
 * domain in the tag, not the site's settings.
 */
export const isOwnLink = ({ name, parameters }: IncomingEvent, { domain, settings }: SiteConfig): boolean => {
  if (name !== 'outbound_click') return false
  const host = URL.parse(String(parameters.properties?.link_url))?.hostname
  return host !== undefined && isHostOf(host, domain, settings.hostnames)
}
