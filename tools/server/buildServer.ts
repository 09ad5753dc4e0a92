import { join, relative } from 'node:path'
import { buildAssets } from '../buildAssets.ts'
import { bundleWorker } from '../bundle.ts'
import { readWorkerConfig, type WorkerConfig } from '../config.ts'
import { DIST_ASSETS } from '../dist.ts'
import { PROJECT } from '../project.ts'
import { replaceFile } from '../replaceFile.ts'
import { readMigrations } from './migrate.ts'
import { SERVER_BUILD, type ServerBuild } from './serverBuild.ts'

const inside = (config: WorkerConfig, file: string): Promise<string> =>
  bundleWorker({ ...config, main: join(PROJECT, 'tools/server/inside', file) })

const build = async (): Promise<ServerBuild> => {
  const config = readWorkerConfig()
  // First, because the Worker contains their names.
  const assets = await buildAssets()
  const { compatibilityDate = '', compatibilityFlags = [], bindings = {} } = config.options
  return {
    compatibilityDate,
    compatibilityFlags,
    vars: bindings,
    modules: {
      collector: await bundleWorker(config),
      database: await inside(config, 'database.ts'),
      control: await inside(config, 'control.ts'),
    },
    migrations: await readMigrations(config.migrationsDir),
    assets: assets.map(path => relative(DIST_ASSETS, path)),
  }
}

/**
 * Builds the assets, and what else the local server runs into one file.
 * @throws esbuild's BuildFailure when the source does not compile; esbuild prints where.
 */
export const buildServer = async (): Promise<void> => replaceFile(SERVER_BUILD, JSON.stringify(await build()))
