import { Miniflare } from 'miniflare'
import { buildAssets } from '../buildAssets.ts'
import { bundleWorker } from '../bundle.ts'
import { readWorkerConfig } from '../config.ts'
import { type AdminToken, adminTokenIn, expectStrongToken } from './adminToken.ts'
import { readAssets } from './assets.ts'
import { startCron } from './cron.ts'
import { takeDataFolder } from './dataFolder.ts'
import { type Door, openDoor } from './door.ts'
import { applyMigrations } from './migrate.ts'
import { expectFreePort } from './port.ts'
import { trustedProxies } from './trustedProxies.ts'
import { workerdOptions } from './workerd.ts'

export interface ServerOptions {
  /** 0 takes any free port. */
  readonly port: number
  /** The folder of the database and the admin token, created if it is missing. */
  readonly dataDir: string
  /** By default, one is created once and saved in `dataDir`. */
  readonly adminToken?: string | undefined
  /** Whether to serve the demo shop; true by default. */
  readonly demo?: boolean
  /** The address it listens on; 127.0.0.1 by default. */
  readonly host?: string
  /** Trusted proxies in the format of `TRUST_PROXY`; none by default. */
  readonly trustProxy?: string
  /** Prints warnings and errors only. */
  readonly quiet?: boolean
}

export interface Server {
  /** Without a trailing slash. */
  readonly url: string
  readonly adminToken: string
  /** Whether this start created the token. */
  readonly isNewToken: boolean
  /** Waits for a scheduled run in progress, then stops the server. The data is kept. */
  stop(): Promise<void>
  /** Runs the Worker's scheduled handler once. Rejects when it throws. */
  runCron(): Promise<void>
}

const SECONDS_BETWEEN_CRONS = 60

const expectHealth = async (url: string) => {
  const { status } = await fetch(`${url}/health`)
  if (status !== 200) throw new Error(`The Worker started, but GET /health responded with ${status} instead of 200.`)
}

const addLocalhost = async (url: string, adminToken: string) => {
  const response = await fetch(`${url}/api/v1/sites`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ domain: 'localhost' }),
  })
  const answer = await response.text()
  const exists = response.status === 201 || response.status === 409
  if (!exists) throw new Error(`The site localhost could not be added: ${answer}`)
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

const serve = (miniflare: Miniflare, door: Door, { token, isNew }: AdminToken, release: () => void): Server => {
  // The Worker itself logs why a run failed.
  const cron = startCron(
    () => runScheduled(miniflare),
    SECONDS_BETWEEN_CRONS,
    () => {},
  )
  const stop = async () => {
    await cron.stop()
    await door.close()
    await miniflare.dispose()
    release()
  }
  return { url: door.url, adminToken: token, isNewToken: isNew, stop, runCron: cron.run }
}

const givenOrSaved = async ({ adminToken, dataDir }: ServerOptions): Promise<AdminToken> =>
  adminToken === undefined ? adminTokenIn(dataDir) : { token: expectStrongToken(adminToken), isNew: false }

const startIn = async (options: ServerOptions, release: () => void): Promise<Server> => {
  const { port, dataDir, host = '127.0.0.1', demo = true, quiet = false } = options
  const trusted = trustedProxies(options.trustProxy ?? '')
  await expectFreePort(port, host)
  const assets = await readAssets(await buildAssets())
  const config = readWorkerConfig()
  const script = await bundleWorker(config)
  const adminToken = await givenOrSaved(options)
  const inner = { host: '127.0.0.1', port: 0, dataDir, adminToken: adminToken.token, demo, quiet }
  const miniflare = new Miniflare(workerdOptions(config, script, inner))
  try {
    await prepare(miniflare, config.migrationsDir, adminToken.token)
    // Opened last, when the tables and the site exist.
    const door = await openDoor({ host, port, trusted, assets, inner: await miniflare.ready })
    return serve(miniflare, door, adminToken, release)
  } catch (error) {
    await miniflare.dispose()
    throw error
  }
}

/**
 * Builds everything, migrates the local database and serves the Worker in workerd, the runtime it is deployed to.
 *
 * As on Cloudflare, the Worker finds the client's address in `cf-connecting-ip`. `request.cf` has no location.
 * @example const server = await startServer({ port: 0, dataDir: await mkdtemp('/tmp/footfall-') })
 * @throws CommandFailure for what a person can fix, or the error of building, migrating or starting the Worker.
 */
export const startServer = async (options: ServerOptions): Promise<Server> => {
  const release = await takeDataFolder(options.dataDir)
  try {
    return await startIn(options, release)
  } catch (error) {
    release()
    throw error
  }
}
