import { EMPTY_SETTINGS, type SiteSettings } from '../../shared/settings'
import { randomHex } from '../lib/hash'
import type { CachedDatabase } from './cachedDatabase'
import { type Database, firstRow, statement } from './database'
import { isTooBusy } from './isTooBusy'
import type { ImportedSpan, SiteConfig, SiteStore } from './siteConfig'
import { SITE_TABLES } from './siteTables'
import settlementsInsert from './sql/settlements.insert.sql'
import sitesInsert from './sql/sites.insert.sql'
import sitesInsertRestored from './sql/sites.insert_restored.sql'
import sitesSelect from './sql/sites.select.sql'
import sitesSelectAll from './sql/sites.select_all.sql'
import sitesSelectKept from './sql/sites.select_kept.sql'
import sitesSelectOwn from './sql/sites.select_own.sql'
import sitesUpdate from './sql/sites.update.sql'
import sitesUpdateKept from './sql/sites.update_kept.sql'
import { WATERMARK_LAG } from './watermark'
import { writeBatch } from './writeBatch'

export type SiteTexts = Pick<SiteConfig, 'name' | 'timezone' | 'currency' | 'settings'>

/** How long another isolate may use the settings from before a change, milliseconds. */
const CACHED_FOR = 10_000

const importedOf = ({ imported_from, imported_to, imported_source }: Record<string, unknown>): ImportedSpan | null =>
  typeof imported_from === 'number'
    ? { firstDay: imported_from, lastDay: Number(imported_to), source: String(imported_source) }
    : null

const siteOf = (row: Record<string, unknown>): SiteConfig => ({
  id: Number(row.id),
  domain: String(row.domain),
  name: String(row.name),
  timezone: String(row.timezone),
  currency: String(row.currency),
  // Settings that an earlier release stored lack newer ones.
  settings: { ...EMPTY_SETTINGS, ...JSON.parse(String(row.settings)) },
  secret: String(row.secret),
  created: Number(row.created),
  keptFrom: Number(row.kept_from),
  keptDay: Number(row.kept_day),
  store: row.store === 'objects' ? 'objects' : 'd1',
  imported: importedOf(row),
})

/** The site with a domain as it is now. */
export const findCurrentSite = async (db: Database, domain: string): Promise<SiteConfig | null> => {
  const row = await firstRow(db, sitesSelect, domain)
  return row && siteOf(row)
}

/** A cached site stays valid while the database is too busy to read it again. */
const readSite = async (db: CachedDatabase, domain: string): Promise<SiteConfig | null> => {
  try {
    return await findCurrentSite(db, domain)
  } catch (error) {
    const known = db.caches.sites.get(domain)
    if (known && isTooBusy(error)) return known.site
    throw error
  }
}

/** The site with a domain. It is cached for some seconds, so that a beacon costs one round trip. */
export const findSite = (db: CachedDatabase, domain: string): SiteConfig | null | Promise<SiteConfig | null> => {
  const known = db.caches.sites.get(domain)
  const now = Date.now()
  return known && now < known.until && now > known.until - 2 * CACHED_FOR ? known.site : findAnew(db, domain)
}

const findAnew = async (db: CachedDatabase, domain: string): Promise<SiteConfig | null> => {
  const site = await readSite(db, domain)
  if (!site) {
    db.caches.sites.delete(domain)
    return null
  }
  if (db.caches.sites.size > 1000) db.caches.sites.clear()
  db.caches.sites.set(domain, { site, until: Date.now() + CACHED_FOR })
  return site
}

export const listSites = async (db: Database): Promise<SiteConfig[]> => (await db.all(sitesSelectAll)).rows.map(siteOf)

/** The fields of a new site. Settings that it does not name are empty. */
export type NewSite = Omit<SiteTexts, 'settings'> & { readonly settings: Partial<SiteSettings> }

/** Adds a site, `null` when the domain is taken. */
export const addSite = async (
  db: CachedDatabase,
  domain: string,
  texts: NewSite,
  store: SiteStore,
): Promise<SiteConfig | null> => {
  const results = await db.batch([
    statement(
      sitesInsert,
      domain,
      texts.name,
      texts.timezone,
      texts.currency,
      JSON.stringify(texts.settings),
      randomHex(32),
      Date.now(),
      store,
    ),
    statement(settlementsInsert, domain, WATERMARK_LAG),
  ])
  db.caches.siteHosts = null
  return results[0]?.rows.length ? findSite(db, domain) : null
}

export const updateSite = async (db: CachedDatabase, site: SiteConfig, texts: SiteTexts): Promise<void> => {
  db.caches.sites.delete(site.domain)
  db.caches.siteHosts = null
  await writeBatch(db, [
    statement(sitesUpdate, site.id, texts.name, texts.timezone, texts.currency, JSON.stringify(texts.settings)),
  ])
}

/** Deletes a site and everything that is stored for it. */
export const deleteSite = async (db: CachedDatabase, site: SiteConfig): Promise<void> => {
  db.caches.sites.delete(site.domain)
  db.caches.siteHosts = null
  await writeBatch(db, [
    ...SITE_TABLES.map(table => statement(`delete from ${table} where site = ?1`, site.id)),
    statement('delete from sites where id = ?1', site.id),
  ])
}

/** Adds the site to its object's database, with no more than statements read there. The directory has the rest. */
export const addOwnSite = async (db: Database, { id, domain, created }: SiteConfig): Promise<void> => {
  await db.batch([
    statement(sitesInsertRestored, id, domain, '', '', '', '{}', '', created, 0, 0, 'objects', null, null, ''),
    statement(settlementsInsert, domain, WATERMARK_LAG),
  ])
}

/** The site of an object's database, `null` before it has one. */
export const findOwnSite = (db: Database): Promise<Pick<SiteConfig, 'id' | 'domain'> | null> =>
  firstRow(db, sitesSelectOwn)

/** Since when the events of a site are kept. */
export type Kept = Pick<SiteConfig, 'keptFrom' | 'keptDay'>

export const readKept = async (db: Database, site: number): Promise<Kept> => {
  const row = await firstRow<{ kept_from: number; kept_day: number }>(db, sitesSelectKept, site)
  return { keptFrom: row?.kept_from ?? 0, keptDay: row?.kept_day ?? 0 }
}

/** Records in the directory since when an object keeps its events. */
export const updateKept = async (db: Database, site: number, { keptFrom, keptDay }: Kept): Promise<void> => {
  await writeBatch(db, [statement(sitesUpdateKept, site, keptFrom, keptDay)])
}
