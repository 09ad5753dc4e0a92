import { DurableObject } from 'cloudflare:workers'
import type { Env } from '../env'
import { exportTableOf } from '../exports/exportTables'
import { logFailure } from '../lib/log'
import { Problem } from '../lib/problem'
import { streamOf } from '../lib/streamOf'
import { maintainSite } from '../maintainSite'
import { destroySalts } from '../privacy/salts'
import { Site } from '../site'
import { copyRestore, restorePart } from '../storage/backup/backupRestore'
import type { CachedDatabase } from '../storage/cachedDatabase'
import { d1 } from '../storage/d1'
import { durableObject } from '../storage/durableObject'
import { fileBudget } from '../storage/fileBudget'
import { deleteOldExcluded } from '../storage/listExcluded'
import { migrateObject } from '../storage/migrateObject'
import type { SiteConfig } from '../storage/siteConfig'
import { addOwnSite, findCurrentSite, findOwnSite, readKept, updateKept } from '../storage/sites'
import { UNLIMITED } from '../storage/statementBudget'
import { writeFiles } from '../writeFiles'
import { INTERVAL, nextAlarm } from './nextAlarm'
import { type Packed, pack, unpack } from './packed'
import { plainError } from './plainError'
import type { ExportCall, PartCall, RemoteSite, SiteCall } from './remoteSite'
import { CHANGING_CALLS, SITE_CALLS } from './siteCalls'

const outcomeOf = async (work: () => Promise<unknown>): Promise<Packed> => {
  try {
    return pack({ result: await work() })
  } catch (error) {
    return pack({ error: plainError(error) })
  }
}

/** A site's database with everything that is done with the site. Its alarm does what the cron does for a site in D1. */
export class SiteObject extends DurableObject<Env> implements RemoteSite {
  #db: CachedDatabase | null = null
  #isDestroyed = false
  #config: { readonly text: string; readonly config: SiteConfig } | null = null

  /** The database with all migrations. */
  get database(): CachedDatabase {
    if (this.#db) return this.#db
    migrateObject(this.ctx.storage)
    this.#db = durableObject(this.ctx.storage)
    return this.#db
  }

  /** Always the same object for equal settings, because caches have it as their key. */
  #knownConfig(config: SiteConfig): SiteConfig {
    const text = JSON.stringify(config)
    if (this.#config?.text !== text) this.#config = { text, config }
    return this.#config.config
  }

  async #siteOf(config: SiteConfig): Promise<Site> {
    // A Worker can know a site for some seconds after it was deleted.
    if (this.#isDestroyed) throw new Problem(404, 'unknown_site', 'This site was deleted.')
    const isFirst = this.#config === null
    const known = this.#knownConfig(config)
    if (isFirst) await addOwnSite(this.database, known)
    return new Site(this.database, known)
  }

  async #wakeBy(time: number): Promise<void> {
    const at = await this.ctx.storage.getAlarm()
    if (at === null || at > time) await this.ctx.storage.setAlarm(time)
  }

  call(packed: Packed): Promise<Packed> {
    return outcomeOf(async () => {
      const { config, name, values } = await unpack<SiteCall>(packed)
      const site = await this.#siteOf(config)
      const call = SITE_CALLS[name] as (site: Site, ...values: readonly unknown[]) => Promise<unknown>
      const result = await call(site, ...values)
      if (CHANGING_CALLS.has(name)) await this.#wakeBy(Date.now() + INTERVAL)
      return result
    })
  }

  async exportRows(packed: Packed): Promise<ReadableStream<Uint8Array>> {
    const { config, table, span, now } = await unpack<ExportCall>(packed)
    const site = await this.#siteOf(config)
    const encoder = new TextEncoder()
    const lines = async function* () {
      for await (const batch of site.exportRows(exportTableOf(table), span, now))
        yield encoder.encode(`${JSON.stringify(batch)}\n`)
    }
    return streamOf(lines())
  }

  restore(packed: Packed): Promise<Packed> {
    return outcomeOf(async () => {
      const { restore, part, sections, options } = await unpack<PartCall>(packed)
      await copyRestore(this.database, restore)
      await restorePart(this.database, restore, part, sections, options)
      return options.isLast ? readKept(this.database, restore.site) : null
    })
  }

  async destroy(): Promise<void> {
    this.#isDestroyed = true
    this.#db = null
    await this.ctx.storage.deleteAlarm()
    await this.ctx.storage.deleteAll()
  }

  /** @returns when to wake again, epoch milliseconds; `null` for not at all */
  async #maintain(now: number): Promise<number | null> {
    await destroySalts(this.database, now)
    await deleteOldExcluded(this.database, now)
    const own = await findOwnSite(this.database)
    const directory = d1(this.env.DB)
    const config = own && (await findCurrentSite(directory, own.domain))
    if (!config || config.id !== own?.id) return null
    const site = new Site(this.database, this.#knownConfig(config), directory)
    await maintainSite(site, now, UNLIMITED, this.env)
    const hasMore = await writeFiles(site, now, this.env, fileBudget(UNLIMITED))
    const kept = await readKept(this.database, config.id)
    if (kept.keptFrom > config.keptFrom) await updateKept(directory, config.id, kept)
    return hasMore ? now + INTERVAL : nextAlarm(this.database, config, this.env, Date.now())
  }

  override async alarm(): Promise<void> {
    const now = Date.now()
    const next = await this.#maintain(now).catch((error: unknown) => {
      logFailure(error, { job: 'alarm' })
      return now + INTERVAL
    })
    if (next !== null) await this.#wakeBy(next)
  }
}
