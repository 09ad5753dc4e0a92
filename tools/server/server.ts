import { join } from 'node:path'
import type { PathVariables } from '../../shared/collectorPaths.ts'
import { chosenPaths } from '../chosenPaths.ts'
import { DIST_ASSETS } from '../dist.ts'
import { type AdminToken, adminTokenIn, expectStrongToken } from './adminToken.ts'
import { ask } from './ask.ts'
import { readAssets } from './assets.ts'
import { startCron } from './cron.ts'
import { makeDataFolder, takeDataFolder } from './dataFolder.ts'
import { type Door, openDoor } from './door.ts'
import { expectFreeSpace } from './expectFreeSpace.ts'
import { expectIntactDatabase } from './expectIntactDatabase.ts'
import { openGeoDatabase } from './geoDatabase.ts'
import { loadBuild } from './loadBuild.ts'
import { expectFreePort } from './port.ts'
import { type Runtime, startRuntime } from './runtime.ts'
import { type Store, storeOf } from './store.ts'
import { trustedProxies } from './trustedProxies.ts'

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
  /** An MMDB file to look up places in, as `GEO_DB` names it; none by default. */
  readonly geoDb?: string
  /** `SCRIPT_PATH` and `ENDPOINT_PATH`; by default those of wrangler.toml. */
  readonly pathVariables?: PathVariables
  /** Where new sites are stored; by default where those of `dataDir` are, at first in D1. */
  readonly store?: Store | undefined
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
  /** Resolves when the server fails for good. It still must be stopped. */
  readonly died: Promise<void>
  /** Runs the Worker's scheduled handler once. Rejects when it throws. */
  runCron(): Promise<void>
}

const SECONDS_BETWEEN_CRONS = 60

const expectHealth = async (url: string, token: string) => {
  const { status } = await ask(`${url}/health`, { token })
  if (status !== 200) throw new Error(`The Worker started, but GET /health responded with ${status} instead of 200.`)
}

const addLocalhost = async (url: string, token: string) => {
  const body = JSON.stringify({ domain: 'localhost' })
  const { status, text } = await ask(`${url}/api/v1/sites`, { token, method: 'POST', body })
  const exists = status === 201 || status === 409
  if (!exists) throw new Error(`The site localhost could not be added: ${text}`)
}

const prepare = async (runtime: Runtime, adminToken: string) => {
  await runtime.migrate()
  await expectHealth(runtime.url.origin, adminToken)
  await addLocalhost(runtime.url.origin, adminToken)
}

const serve = (runtime: Runtime, door: Door, { token, isNew }: AdminToken, release: () => void): Server => {
  // The Worker itself logs why a run failed.
  const cron = startCron(runtime.runScheduled, SECONDS_BETWEEN_CRONS, () => {})
  const stop = async () => {
    await cron.stop()
    await door.close()
    await runtime.stop()
    release()
  }
  return { url: door.url, adminToken: token, isNewToken: isNew, stop, died: runtime.died, runCron: cron.run }
}

const givenOrSaved = async ({ adminToken, dataDir }: ServerOptions): Promise<AdminToken> =>
  adminToken === undefined ? adminTokenIn(dataDir) : { token: expectStrongToken(adminToken), isNew: false }

const startIn = async (options: ServerOptions, release: () => void): Promise<Server> => {
  const { port, dataDir, host = '127.0.0.1', demo = true, quiet = false } = options
  const trusted = trustedProxies(options.trustProxy ?? '')
  const locate = await openGeoDatabase(options.geoDb ?? '')
  await expectFreePort(port, host)
  const loaded = await loadBuild()
  const build = { ...loaded, vars: { ...loaded.vars, ...options.pathVariables } }
  const paths = chosenPaths(build.vars)
  const assets = await readAssets(
    build.assets.map(path => join(DIST_ASSETS, path)),
    paths,
  )
  const adminToken = await givenOrSaved(options)
  const store = storeOf(dataDir, options.store)
  const runtime = await startRuntime(build, { dataDir, adminToken: adminToken.token, demo, store, quiet })
  try {
    await prepare(runtime, adminToken.token)
    // Opened last, when the tables and the site exist.
    const door = await openDoor({ host, port, trusted, locate, assets, inner: runtime.url })
    return serve(runtime, door, adminToken, release)
  } catch (error) {
    await runtime.stop()
    throw error
  }
}

/**
 * Builds everything, migrates the local database and serves the Worker in workerd, the runtime it is deployed to.
 *
 * As on Cloudflare, the Worker finds the client's address in `cf-connecting-ip`, and the location, if a `geoDb` knows it, in
 * `request.cf`.
 * @example const server = await startServer({ port: 0, dataDir: await mkdtemp('/tmp/footfall-') })
 * @throws CommandFailure for what a person can fix, or the error of building, migrating or starting the Worker.
 */
export const startServer = async (options: ServerOptions): Promise<Server> => {
  await makeDataFolder(options.dataDir)
  await expectFreeSpace(options.dataDir)
  const release = await takeDataFolder(options.dataDir)
  try {
    await expectIntactDatabase(options.dataDir)
    return await startIn(options, release)
  } catch (error) {
    release()
    throw error
  }
}
