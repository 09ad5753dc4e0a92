import type { Directory } from '../directory'
import type { SiteConfig } from '../storage/siteConfig'
import { unknownSite } from './auth'

/**
 * A site as it is now, past the cache of this isolate, which can be some seconds old.
 * @throws Problem `unknown_site`
 */
export const currentConfig = async (directory: Directory, { domain }: SiteConfig): Promise<SiteConfig> => {
  const site = (await directory.list()).find(({ config }) => config.domain === domain)
  if (!site) throw unknownSite(domain)
  return site.config
}
