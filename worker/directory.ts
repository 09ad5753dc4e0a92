import { destroySalts } from './privacy/salts'
import { Site } from './site'
import { type AccessKey, addKey, findKey, type KeyScope, listKeys, removeKey } from './storage/accessKeys'
import type { BackupSection } from './storage/backup/backupPart'
import {
  beginRestore,
  endRestore,
  findRestore,
  type Restore,
  type RestoredSite,
  restorePart,
} from './storage/backup/backupRestore'
import type { CachedDatabase } from './storage/cachedDatabase'
import { lastCronRun, recordCronRun } from './storage/cronRuns'
import { d1 } from './storage/d1'
import { firstRow } from './storage/database'
import { findSiteOfHost } from './storage/findSiteOfHost'
import { listMigrations } from './storage/listMigrations'
import { countRejections } from './storage/rejections'
import { addSignIn, findSignIn, removeSignIn, type SignIn } from './storage/signIns'
import type { SiteConfig } from './storage/siteConfig'
import { addSite, deleteSite, findSite, listSites, type NewSite, type SiteTexts, updateSite } from './storage/sites'
import sitesAny from './storage/sql/sites.any.sql'
import { budgetedDatabase, UNLIMITED } from './storage/statementBudget'

/** Which sites there are and who may use them. */
export class Directory {
  readonly #db: CachedDatabase

  constructor(db: CachedDatabase) {
    this.#db = db
  }

  /** @throws when the database cannot be read */
  async check(): Promise<void> {
    await firstRow(this.#db, sitesAny)
  }

  /** The site with a domain, as it was some seconds ago at the latest. */
  async find(domain: string): Promise<Site | null> {
    const config = await findSite(this.#db, domain)
    return config && new Site(this.#db, config)
  }

  /** The site that a page's host belongs to. */
  async findByHost(host: string): Promise<Site | null> {
    const config = await findSiteOfHost(this.#db, host)
    return config && new Site(this.#db, config)
  }

  /** Every site as it is now. */
  async list(): Promise<Site[]> {
    return (await listSites(this.#db)).map(config => new Site(this.#db, config))
  }

  /** @returns `null` when the domain is taken */
  async add(domain: string, texts: NewSite): Promise<Site | null> {
    const config = await addSite(this.#db, domain, texts)
    return config && new Site(this.#db, config)
  }

  update(site: SiteConfig, texts: SiteTexts): Promise<void> {
    return updateSite(this.#db, site, texts)
  }

  /** Removes a site and everything that was ever stored for it. */
  remove(site: SiteConfig): Promise<void> {
    return deleteSite(this.#db, site)
  }

  findKey(secret: string): Promise<AccessKey | null> {
    return findKey(this.#db, secret)
  }

  listKeys({ id }: SiteConfig): ReturnType<typeof listKeys> {
    return listKeys(this.#db, id)
  }

  /** @param expires epoch milliseconds, `null` for never */
  addKey({ id }: SiteConfig, name: string, scope: KeyScope, expires: number | null): ReturnType<typeof addKey> {
    return addKey(this.#db, id, name, scope, expires)
  }

  /** @returns whether the site had such a key */
  removeKey({ id }: SiteConfig, key: number): Promise<boolean> {
    return removeKey(this.#db, id, key)
  }

  findSignIn(digest: string): Promise<SignIn | null> {
    return findSignIn(this.#db, digest)
  }

  /**
   * @param key the id of the access key, `null` for the admin token
   * @param expires epoch milliseconds
   */
  addSignIn(digest: string, key: number | null, expires: number): Promise<void> {
    return addSignIn(this.#db, digest, key, expires)
  }

  removeSignIn(digest: string): Promise<void> {
    return removeSignIn(this.#db, digest)
  }

  /** The restore of a domain that is under way, `null` when there is none. */
  findRestore(domain: string): Promise<Restore | null> {
    return findRestore(this.#db, domain)
  }

  beginRestore(site: RestoredSite): Promise<void> {
    return beginRestore(this.#db, site)
  }

  restorePart(
    restore: Restore,
    part: number,
    sections: readonly BackupSection[],
    options: { readonly version: number; readonly isLast: boolean },
  ): Promise<void> {
    return restorePart(this.#db, restore, part, sections, options)
  }

  /** Deletes what a restore has stored so far. */
  endRestore(restore: Restore): Promise<void> {
    return endRestore(this.#db, restore)
  }

  /** Counts events that name no known site. */
  countRejected(reasons: readonly string[]): Promise<void> {
    return countRejections(this.#db, null, reasons)
  }

  /** The names of the applied migrations. */
  listMigrations(): Promise<string[]> {
    return listMigrations(this.#db)
  }

  /** When the cron last ran, epoch milliseconds; `null` for never. */
  lastCronRun(): Promise<number | null> {
    return lastCronRun(this.#db)
  }

  /** Records that the cron runs. */
  recordCronRun(now: number): Promise<void> {
    return recordCronRun(this.#db, now)
  }

  /** Destroys the salts whose time has come. */
  destroySalts(now: number): Promise<void> {
    return destroySalts(this.#db, now)
  }
}

/**
 * The directory in a D1 database.
 * @param budget from which the statements of the directory and its sites are spent
 */
export const openDirectory = (binding: D1Database, budget = UNLIMITED): Directory =>
  new Directory(budget === UNLIMITED ? d1(binding) : budgetedDatabase(d1(binding), budget))
