import type { Directory } from '../directory'
import type { Asker } from '../storage/signIns'
import type { SiteConfig } from '../storage/siteConfig'
import { isMember, seesSite } from './rights'

/** The sites that somebody may see. */
export const sitesOf = async (directory: Directory, asker: Asker): Promise<SiteConfig[]> => {
  if (asker === 'admin' || isMember(asker)) {
    const all = (await directory.list()).map(({ config }) => config)
    return asker === 'admin' ? all : all.filter(({ domain }) => seesSite(asker, domain))
  }
  const site = await directory.find(asker.domain)
  return site ? [site.config] : []
}
