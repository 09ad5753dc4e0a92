import { Miniflare } from 'miniflare'
import { build as buildSnippet } from '../../snippet/build.ts'
import { adminTokenIn } from './admin-token.ts'
import { bundleWorker } from './bundle.ts'
import { readWorkerConfig } from './config.ts'
import { startCron } from './cron.ts'
import { buildDashboard } from './dashboard.ts'
import { applyMigrations } from './migrate.ts'
import { expectFreePort } from './port.ts'
import { workerdOptions } from './workerd.ts'

export interface ServerOptions {
  /** 0 takes any free port. */
  readonly port: number
  /** Where the database and the admin token are kept; made when it is missing. */
  readonly dataDir: string
  /** Without it one is made once and kept in `dataDir`. */
  readonly adminToken?: string | undefined
  /** Serves the demo shop; true unless told. */
  readonly demo?: boolean
  /** 127.0.0.1 unless told. */
  readonly host?: string
  /** Prints warnings and errors only. */
  readonly quiet?: boolean
}

export interface Server {
  /** Without a slash at the end. */
  readonly url: string
  readonly adminToken: string
  /** Ends a scheduled run under way, then the server; the data stays. */
  stop(): Promise<void>
  /** Runs the Worker's scheduled handler once, now. Rejects when it throws. */
  runCron(): Promise<void>
}

const SECONDS_BETWEEN_CRONS = 60

const expectHealth = async (url: string) => {
  const { status } = await fetch(`${url}/health`)
  if (status !== 200) throw new Error(`The Worker started, but GET /health answered ${status} instead of 200.`)
}

const addLocalhost = async (url: string, adminToken: string) => {
  const response = await fetch(`${url}/api/v1/sites`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ domain: 'localhost' }),
  })
  const answer = await response.text()
  const isThere = response.status === 201 || response.status === 409
  if (!isThere) throw new Error(`The site localhost could not be added: ${answer}`)
}

const prepare = async (miniflare: Miniflare, migrationsDir: string, adminToken: string) => {
  const url = (await miniflare.ready).origin
  await applyMigrations(await miniflare.getD1Database('DB'), migrationsDir)
  await expectHealth(url)
  await addLocalhost(url, adminToken)
}

const runScheduled = async (miniflare: Miniflare) => {
  const worker = await miniflare.getWorker()
  const { outcome } = await worker.scheduled()
  if (outcome !== 'ok') throw new Error(`The scheduled run ended with "${outcome}".`)
}

const serve = async (miniflare: Miniflare, adminToken: string): Promise<Server> => {
  const { origin: url } = await miniflare.ready
  // Why it failed is printed by the Worker itself.
  const cron = startCron(
    () => runScheduled(miniflare),
    SECONDS_BETWEEN_CRONS,
    () => {},
  )
  const stop = async () => {
    await cron.stop()
    await miniflare.dispose()
  }
  return { url, adminToken, stop, runCron: cron.run }
}

/**
 * Builds everything, migrates the local database and serves the Worker in workerd, the runtime it is deployed to.
 *
 * The Worker sees the client's address in `cf-connecting-ip`, as on Cloudflare, and no place in `request.cf`.
 * @example const server = await startServer({ port: 0, dataDir: await mkdtemp('/tmp/footfall-') })
 * @throws PortTaken, or the reason why the Worker cannot be built, migrated or reached.
 */
export const startServer = async (options: ServerOptions): Promise<Server> => {
  const { port, dataDir, host = '127.0.0.1', demo = true, quiet = false } = options
  await expectFreePort(port, host)
  const config = readWorkerConfig()
  await Promise.all([buildSnippet(), buildDashboard()])
  const script = await bundleWorker(config)
  const adminToken = options.adminToken ?? (await adminTokenIn(dataDir))
  const local = { host, port: 0, dataDir, adminToken, demo, quiet }
  const miniflare = new Miniflare(workerdOptions(config, script, local))
  try {
    await prepare(miniflare, config.migrationsDir, adminToken)
    // A port that others know opens only now, so that whoever is answered finds the tables and the site in place.
    if (port !== 0) await miniflare.setOptions(workerdOptions(config, script, { ...local, port }))
    return await serve(miniflare, adminToken)
  } catch (error) {
    await miniflare.dispose()
    throw error
  }
}
