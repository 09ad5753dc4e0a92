import type { WebhookProvider } from '../shared/webhookProviders'
import type { Env } from './env'
import { logFailure } from './lib/log'
import { ObjectSite } from './objects/objectSite'
import { remoteSite } from './objects/remoteSite'
import { destroySalts } from './privacy/salts'
import { Site, type SiteEngine } from './site'
import { type AccessKey, addKey, findKey, type KeyScope, listKeys, removeKey } from './storage/accessKeys'
import type { BackupSection } from './storage/backup/backupPart'
import {
  advanceRestore,
  beginRestore,
  endRestore,
  findRestore,
  type PartOptions,
  type Restore,
  type RestoredSite,
  restorePart,
} from './storage/backup/backupRestore'
import type { CachedDatabase } from './storage/cachedDatabase'
import { lastCronRun, recordCronRun } from './storage/cronRuns'
import { d1 } from './storage/d1'
import { firstRow } from './storage/database'
import { findSiteOfHost } from './storage/findSiteOfHost'
import { deleteOldExcluded } from './storage/listExcluded'
import { listMigrations } from './storage/listMigrations'
import {
  addMember,
  findMemberByEmail,
  inviteMember,
  type ListedMember,
  listMembers,
  removeMember,
  updateMember,
} from './storage/members'
import {
  addPageShare,
  countTry,
  findPageShare,
  forgiveTry,
  type NewPageShare,
  type PageShare,
} from './storage/pageShares'
import {
  addChallenge,
  addInvitedPasskey,
  countPasskey,
  findInvite,
  findPasskey,
  type Invite,
  type Passkey,
  takeChallenge,
} from './storage/passkeys'
import { countRejections } from './storage/rejections'
import {
  addShare,
  findShare,
  type ListedShare,
  listShares,
  type NewShare,
  removeShare,
  type Share,
} from './storage/shares'
import { addSignIn, findSignIn, removeSignIn, type SignedInBy, type SignIn } from './storage/signIns'
import type { SiteConfig, SiteStore } from './storage/siteConfig'
import { addSite, deleteSite, findSite, listSites, type NewSite, type SiteTexts, updateSite } from './storage/sites'
import sitesAny from './storage/sql/sites.any.sql'
import { budgetedDatabase, type StatementBudget } from './storage/statementBudget'
import type { TeamMember } from './storage/teamMember'
import {
  changeWebhookSecrets,
  findWebhookSecret,
  providersWithWebhookSecret,
  type SecretChanges,
} from './storage/webhookSecrets'
import { yieldingDatabase } from './storage/yieldingDatabase'

/** Which sites there are and who may use them. */
export class Directory {
  readonly #db: CachedDatabase
  readonly #objects: DurableObjectNamespace | undefined

  /** @param objects where new sites are stored; without it, the database */
  constructor(db: CachedDatabase, objects?: DurableObjectNamespace) {
    this.#db = db
    this.#objects = objects
  }

  #objectSite(config: SiteConfig): ObjectSite {
    return new ObjectSite(this.#db, () => remoteSite(this.#objects, config), config)
  }

  #open(config: SiteConfig): SiteEngine {
    return config.store === 'objects' ? this.#objectSite(config) : new Site(this.#db, config)
  }

  get #newStore(): SiteStore {
    return this.#objects ? 'objects' : 'd1'
  }

  /** @throws when the database cannot be read */
  async check(): Promise<void> {
    await firstRow(this.#db, sitesAny)
  }

  /** The site with a domain, as it was some seconds ago at the latest. */
  async find(domain: string): Promise<SiteEngine | null> {
    const config = await findSite(this.#db, domain)
    return config && this.#open(config)
  }

  /** The site that a page's host belongs to. */
  async findByHost(host: string): Promise<SiteEngine | null> {
    const config = await findSiteOfHost(this.#db, host)
    return config && this.#open(config)
  }

  /** Every site as it is now. */
  async list(): Promise<SiteEngine[]> {
    return (await listSites(this.#db)).map(config => this.#open(config))
  }

  /** Every site without an object of its own. */
  async listInDatabase(): Promise<Site[]> {
    const all = await listSites(this.#db)
    return all.filter(({ store }) => store === 'd1').map(config => new Site(this.#db, config))
  }

  /** @returns `null` when the domain is taken */
  async add(domain: string, texts: NewSite): Promise<SiteEngine | null> {
    const config = await addSite(this.#db, domain, texts, this.#newStore)
    return config && this.#open(config)
  }

  async update(site: SiteConfig, texts: SiteTexts): Promise<void> {
    await updateSite(this.#db, site, texts)
    if (site.store === 'objects') await this.#wake({ ...site, ...texts })
  }

  /** An object that cannot be reached reads the settings when it wakes next. */
  async #wake(site: SiteConfig): Promise<void> {
    try {
      await this.#objectSite(site).noteChange()
    } catch (error) {
      logFailure(error, { job: 'wake', site: site.domain })
    }
  }

  /** Removes a site and everything that was ever stored for it. */
  async remove(site: SiteConfig): Promise<void> {
    if (site.store === 'objects') await this.#objectSite(site).destroy()
    await deleteSite(this.#db, site)
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

  changeWebhookSecrets({ id }: SiteConfig, changes: SecretChanges): Promise<void> {
    return changeWebhookSecrets(this.#db, id, changes)
  }

  /** The secret with which a provider signs its webhooks to a site; `null` if the owner has not set it. */
  findWebhookSecret({ id }: SiteConfig, provider: WebhookProvider): Promise<string | null> {
    return findWebhookSecret(this.#db, id, provider)
  }

  /** By the id of each site, the providers whose secret is set. */
  providersWithWebhookSecret(sites: readonly SiteConfig[]): ReturnType<typeof providersWithWebhookSecret> {
    return providersWithWebhookSecret(
      this.#db,
      sites.map(({ id }) => id),
    )
  }

  /** The share with a token, `null` for none and for one that has expired. */
  findShare(token: string, now: number): Promise<Share | null> {
    return findShare(this.#db, token, now)
  }

  listShares({ id }: SiteConfig): Promise<ListedShare[]> {
    return listShares(this.#db, id)
  }

  addShare({ id }: SiteConfig, share: NewShare): ReturnType<typeof addShare> {
    return addShare(this.#db, id, share)
  }

  addPageShare({ id }: SiteConfig, share: NewPageShare): ReturnType<typeof addPageShare> {
    return addPageShare(this.#db, id, share)
  }

  /** The share of pages with a token, `null` for none. It may have expired. */
  findPageShare(token: string): Promise<PageShare | null> {
    return findPageShare(this.#db, token)
  }

  /** @returns whether the password may be checked */
  countTry(share: PageShare, most: number, now: number): Promise<boolean> {
    return countTry(this.#db, share, most, now)
  }

  forgiveTry(share: PageShare, now: number): Promise<void> {
    return forgiveTry(this.#db, share, now)
  }

  /** @returns whether the site had such a share */
  removeShare({ id }: SiteConfig, share: number): Promise<boolean> {
    return removeShare(this.#db, id, share)
  }

  findSignIn(digest: string): Promise<SignIn | null> {
    return findSignIn(this.#db, digest)
  }

  /**
   * @param expires epoch milliseconds
   * @param former the digest of the sign-in that this one replaces
   */
  addSignIn(digest: string, by: SignedInBy, expires: number, former: string | null): Promise<void> {
    return addSignIn(this.#db, digest, by, expires, former)
  }

  removeSignIn(digest: string): Promise<void> {
    return removeSignIn(this.#db, digest)
  }

  listMembers(): Promise<ListedMember[]> {
    return listMembers(this.#db)
  }

  addMember(fields: Parameters<typeof addMember>[1]): ReturnType<typeof addMember> {
    return addMember(this.#db, fields)
  }

  /** @returns the token of the invite */
  inviteMember(id: string): Promise<string> {
    return inviteMember(this.#db, id)
  }

  updateMember(id: string, fields: Parameters<typeof updateMember>[2]): Promise<void> {
    return updateMember(this.#db, id, fields)
  }

  removeMember(id: string): Promise<void> {
    return removeMember(this.#db, id)
  }

  findMemberByEmail(email: string): Promise<TeamMember | null> {
    return findMemberByEmail(this.#db, email)
  }

  findInvite(token: string): Promise<Invite | null> {
    return findInvite(this.#db, token)
  }

  /** @returns the id of the member, `null` when the invite was used before or has expired */
  addInvitedPasskey(token: string, passkey: Passkey): Promise<string | null> {
    return addInvitedPasskey(this.#db, token, passkey)
  }

  findPasskey(id: string): ReturnType<typeof findPasskey> {
    return findPasskey(this.#db, id)
  }

  countPasskey(passkey: Passkey, counter: number): Promise<void> {
    return countPasskey(this.#db, passkey, counter)
  }

  addChallenge(digest: string, expires: number): Promise<void> {
    return addChallenge(this.#db, digest, expires)
  }

  takeChallenge(digest: string): Promise<boolean> {
    return takeChallenge(this.#db, digest)
  }

  /** The restore of a domain that is under way, `null` when there is none. */
  findRestore(domain: string): Promise<Restore | null> {
    return findRestore(this.#db, domain)
  }

  async beginRestore(site: Omit<RestoredSite, 'store'>): Promise<void> {
    const before = await findRestore(this.#db, site.domain)
    if (before) await this.#discard(before)
    await beginRestore(this.#db, { ...site, store: this.#newStore })
  }

  /** @throws InvalidBackup, or Problem `bad_backup` */
  async restorePart(
    restore: Restore,
    part: number,
    sections: readonly BackupSection[],
    options: PartOptions,
  ): Promise<void> {
    if (restore.header.store === 'd1') return restorePart(this.#db, restore, part, sections, options)
    const config = { ...restore.header, id: restore.site }
    const kept = await this.#objectSite(config).restore(restore, part, sections, options)
    await advanceRestore(this.#db, restore, part, kept)
    if (options.isLast) await this.#wake(config)
  }

  /** Deletes what a restore has stored so far. */
  async endRestore(restore: Restore): Promise<void> {
    await this.#discard(restore)
    await endRestore(this.#db, restore)
  }

  async #discard({ site, header }: Restore): Promise<void> {
    if (header.store === 'objects') await this.#objectSite({ ...header, id: site }).destroy()
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

  /**
   * Records that the cron runs.
   * @param hasDailyRows whether the plan limits a day's rows
   */
  recordCronRun(now: number, hasDailyRows: boolean): Promise<void> {
    return recordCronRun(this.#db, now, hasDailyRows)
  }

  /** Destroys the salts whose time has come. */
  destroySalts(now: number): Promise<void> {
    return destroySalts(this.#db, now)
  }

  deleteOldExcluded(now: number): Promise<void> {
    return deleteOldExcluded(this.#db, now)
  }
}

/**
 * The directory in a Worker's D1 database.
 * @param budget for work in the background: the statements of the directory and its sites are spent from it, and requests
 * come in between
 */
export const openDirectory = ({ DB, SITES }: Pick<Env, 'DB' | 'SITES'>, budget?: StatementBudget): Directory =>
  new Directory(budget ? yieldingDatabase(budgetedDatabase(d1(DB), budget)) : d1(DB), SITES)
