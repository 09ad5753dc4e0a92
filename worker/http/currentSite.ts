import type { Directory } from '../directory'
import type { SiteEngine } from '../site'
import type { SiteConfig } from '../storage/siteConfig'
import { unknownSite } from './auth'

/**
 * A site with its settings as they are now, past the cache of this isolate, which can be some seconds old.
 * @throws Problem `unknown_site`
 */
export const currentSite = async (directory: Directory, { domain }: SiteConfig): Promise<SiteEngine> => {
  const site = (await directory.list()).find(({ config }) => config.domain === domain)
  if (!site) throw unknownSite(domain)
  return site
}
