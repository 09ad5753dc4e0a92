import { memoize } from '../../lib/memoize'
import { Problem } from '../../lib/problem'
import type { SiteConfig } from '../../storage/siteConfig'
import { isHostOf, pageEntry } from '../parse/page'

const hostOfOrigin = memoize(origin => (/^https?:/.test(origin) ? (URL.parse(origin)?.hostname ?? null) : null))

/**
 * The page must be one of the site's, by its own word and by the browser's.
 * @throws Problem `foreign_hostname`
 */
export const checkHost = (url: URL, origin: string | null, site: SiteConfig): void => {
  const sender = origin === null ? null : hostOfOrigin(origin)
  const [host] = pageEntry(url)
  const hosts = sender === null || sender === host ? [host] : [host, sender]
  const foreign = hosts.find(host => !isHostOf(host, site.domain, site.settings.hostnames))
  if (foreign) {
    throw new Problem(
      403,
      'foreign_hostname',
      `${foreign.slice(0, 200)} is not ${site.domain} or one of its subdomains. If it is yours, add it to the site's settings.hostnames.`,
    )
  }
}
