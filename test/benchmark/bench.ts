import { join } from 'node:path'
import { Miniflare } from 'miniflare'
import { buildAssets } from '../../tools/buildAssets.ts'
import { bundleWorker } from '../../tools/bundle.ts'
import { PROJECT, readWorkerConfig } from '../../tools/config.ts'
import { applyMigrations } from '../../tools/server/migrate.ts'
import { workerdOptions } from '../../tools/server/workerd.ts'

type Params = Readonly<Record<string, string | number>>

/** The benchmark's Worker over a database. */
export interface Bench {
  /** Requests one measurement. */
  ask<T>(path: string, params?: Params, body?: string): Promise<T>
  stop(): Promise<void>
}

const askOf =
  (miniflare: Miniflare) =>
  async <T>(path: string, params: Params = {}, body?: string): Promise<T> => {
    const url = new URL(path, 'http://bench')
    for (const [name, value] of Object.entries(params)) url.searchParams.set(name, String(value))
    const response = await miniflare.dispatchFetch(url, body === undefined ? {} : { method: 'POST', body })
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
    return (await response.json()) as T
  }

/** Runs the benchmark's Worker on the database in a folder, which is created and migrated if missing. */
export const openBench = async (dataDir: string): Promise<Bench> => {
  await buildAssets()
  const config = readWorkerConfig()
  const script = await bundleWorker({ ...config, main: join(PROJECT, 'test/benchmark/worker.ts') })
  const options = {
    host: '127.0.0.1',
    port: 0,
    dataDir,
    adminToken: 'the-admin-token-of-the-benchmark',
    demo: false,
    quiet: true,
  }
  const miniflare = new Miniflare(workerdOptions(config, script, options))
  try {
    await applyMigrations(await miniflare.getD1Database('DB'), config.migrationsDir)
  } catch (error) {
    await miniflare.dispose()
    throw error
  }
  return { ask: askOf(miniflare), stop: () => miniflare.dispose() }
}
