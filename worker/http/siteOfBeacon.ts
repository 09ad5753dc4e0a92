import type { Beacon } from '../../shared/wire'
import type { Directory } from '../directory'
import { memoize } from '../lib/memoize'
import { Problem } from '../lib/problem'
import type { SiteEngine } from '../site'
import { unknownSite } from './auth'

/** A name as browsers write hosts, in lower case and Punycode, like the domains of sites. */
const hostNamed = memoize(name => URL.parse(`http://${name.trim()}/`)?.hostname ?? name)

/**
 * The site that a beacon names, else the one that its first page belongs to.
 * @throws Problem `unknown_site`
 */
export const siteOfBeacon = async (directory: Directory, { s, e }: Beacon): Promise<SiteEngine> => {
  if (s) {
    const site = await directory.find(hostNamed(s))
    if (!site) throw unknownSite(s)
    return site
  }
  const host = URL.parse(String(e[0]?.u))?.hostname ?? ''
  const site = await directory.findByHost(host)
  if (site) return site
  throw new Problem(
    404,
    'unknown_site',
    `No site has the host "${host.slice(0, 100)}". Name the site in data-site, or add the host to a site's settings.hostnames.`,
  )
}
