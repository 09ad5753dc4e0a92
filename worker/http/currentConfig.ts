import type { Directory } from '../directory'
import type { SiteConfig } from '../storage/siteConfig'
import { currentSite } from './currentSite'

/**
 * A site's configuration as it is now.
 * @throws Problem `unknown_site`
 */
export const currentConfig = async (directory: Directory, site: SiteConfig): Promise<SiteConfig> =>
  (await currentSite(directory, site)).config
