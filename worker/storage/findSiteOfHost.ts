import type { CachedDatabase } from './cachedDatabase'
import { isTooBusy } from './isTooBusy'
import type { SiteConfig } from './siteConfig'
import { findSite, listSites } from './sites'

/** Hosts are read again after this time, or, for a host that belongs to no site, after the shorter one: milliseconds. */
const CACHED_FOR = 10_000
const MISSED_FOR = 1_000

/** The domain of the site of each host. A host that is a site itself belongs to no other. */
const readSiteHosts = async (db: CachedDatabase): Promise<ReadonlyMap<string, string>> => {
  const sites = await listSites(db)
  const hosts = sites.flatMap(({ domain, settings }) => settings.hostnames.map(host => [host, domain] as const))
  return new Map([...hosts, ...sites.map(({ domain }) => [domain, domain] as const)])
}

/** What is cached stays valid while the database is too busy to read it again. */
const siteHosts = async (db: CachedDatabase, maxAge: number): Promise<ReadonlyMap<string, string>> => {
  const now = Date.now()
  const known = db.caches.siteHosts
  if (known && now >= known.since && now < known.since + maxAge) return known.domains
  try {
    const domains = await readSiteHosts(db)
    db.caches.siteHosts = { domains, since: now }
    return domains
  } catch (error) {
    if (known && isTooBusy(error)) return known.domains
    throw error
  }
}

/** The domain of the site that a host, or the nearest one above it, belongs to. */
const domainOf = (host: string, domains: ReadonlyMap<string, string>): string | undefined => {
  for (let above = host; above !== ''; above = above.split('.').slice(1).join('.')) {
    const domain = domains.get(above)
    if (domain !== undefined) return domain
  }
  return undefined
}

/**
 * The site that a page's host belongs to, by domain or by `settings.hostnames`, each with its subdomains.
 * @param host lower case, Punycode
 */
export const findSiteOfHost = async (db: CachedDatabase, host: string): Promise<SiteConfig | null> => {
  const domain = domainOf(host, await siteHosts(db, CACHED_FOR)) ?? domainOf(host, await siteHosts(db, MISSED_FOR))
  return domain === undefined ? null : findSite(db, domain)
}
