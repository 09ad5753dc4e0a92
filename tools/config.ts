import { dirname, join } from 'node:path'
import type { V4WorkerOptionsShape } from 'miniflare'
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from 'wrangler'
import { PROJECT } from './project.ts'

export { PROJECT }

/** The Worker as configured in wrangler.toml, so that the local one matches the deployed one. */
export interface WorkerConfig {
  /** Absolute path of the entry point. */
  readonly main: string
  readonly databaseName: string
  /** Where the file names the database by its id, which then exists. */
  readonly databaseId: string | undefined
  /** Absolute path of the folder with the database's migrations. */
  readonly migrationsDir: string
  /** Bindings, compatibility date and triggers in Miniflare's terms. */
  readonly options: V4WorkerOptionsShape
  /** The assets in Miniflare's terms. */
  readonly assets: V4WorkerOptionsShape['assets']
  /** Globs of files that are imported as text. */
  readonly textGlobs: readonly string[]
}

interface Database {
  readonly binding: string
  readonly database_name?: string
  readonly database_id?: string
  readonly migrations_dir?: string
}

/**
 * Reads wrangler.toml.
 * @throws if the file lacks an entry point, or a database `DB` with a name and a migrations folder.
 */
export const readWorkerConfig = (path = join(PROJECT, 'wrangler.toml')): WorkerConfig => {
  const config = unstable_readConfig({ config: path })
  const databases: readonly Database[] = config.d1_databases
  const { database_name, database_id, migrations_dir } = databases.find(({ binding }) => binding === 'DB') ?? {}
  if (!config.main || !database_name || !migrations_dir) {
    throw new Error(`${path} needs main and a D1 database DB with a database_name and a migrations_dir.`)
  }
  const { modulesRules = [], assets, ...options } = unstable_getMiniflareWorkerOptions(config).workerOptions
  return {
    main: config.main,
    databaseName: database_name,
    databaseId: database_id,
    migrationsDir: join(dirname(path), migrations_dir),
    // A server of one's own has none of the limits of Cloudflare's plans.
    options: { ...options, bindings: { ...(options.bindings as object), PLAN: 'none' } },
    // wrangler's type leaves it out.
    assets: assets as V4WorkerOptionsShape['assets'],
    textGlobs: modulesRules.filter(rule => rule.type === 'Text').flatMap(rule => rule.include),
  }
}
