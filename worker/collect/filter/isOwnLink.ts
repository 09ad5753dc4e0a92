import type { SiteConfig } from '../../storage/siteConfig'
import type { IncomingEvent } from '../parse/incomingEvent'
import { isHostOf } from '../parse/page'

/**
 * Whether a browser reports a link to another host of the site as outbound: the script knows the site's domain as the tag
 * writes it, if at all, and not its settings.
 */
export const isOwnLink = ({ name, parameters }: IncomingEvent, { domain, settings }: SiteConfig): boolean => {
  if (name !== 'outbound_click') return false
  const host = URL.parse(String(parameters.properties?.link_url))?.hostname
  return host !== undefined && isHostOf(host, domain, settings.hostnames)
}
