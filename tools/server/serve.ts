import { join, relative, resolve } from 'node:path'
import { CommandFailure } from '../failure.ts'
import { PROJECT } from '../project.ts'
import { type Server, startServer } from './server.ts'
import { readStore } from './store.ts'

const {
  PORT = '8787',
  HOST,
  TRUST_PROXY,
  GEO_DB,
  SCRIPT_PATH,
  ENDPOINT_PATH,
  ADMIN_TOKEN,
  npm_lifecycle_event: script,
} = process.env

/** Whether it serves the public. */
const isProduction = process.env.NODE_ENV === 'production'

const fail = (message: string): never => {
  console.error(message)
  process.exit(1)
}

/** The data folder: `DATA_DIR`, or a folder of the project. */
const dataDirOr = (folder: string): string =>
  process.env.DATA_DIR ? resolve(process.env.DATA_DIR) : join(PROJECT, folder)

const start = async (dataDir: string, store: string | undefined): Promise<Server> => {
  const port = Number(PORT)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) fail(`PORT is "${PORT}", but must be a number up to 65535.`)
  try {
    return await startServer({
      port,
      dataDir,
      adminToken: ADMIN_TOKEN || undefined,
      host: HOST || '127.0.0.1',
      trustProxy: TRUST_PROXY ?? '',
      geoDb: GEO_DB ?? '',
      // An absent variable leaves the one of wrangler.toml.
      pathVariables: {
        ...(SCRIPT_PATH !== undefined && { SCRIPT_PATH }),
        ...(ENDPOINT_PATH !== undefined && { ENDPOINT_PATH }),
      },
      demo: !isProduction,
      store: readStore(store),
    })
  } catch (error) {
    if (error instanceof CommandFailure) fail(error.message)
    throw error
  }
}

const stopOnSignal = (server: Server): void => {
  const stop = async () => {
    await server.stop()
    process.exit()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop)
  // Whoever runs this process starts it again.
  void server.died.then(() => fail('workerd has ended, so the server ends too.'))
  // npm forwards a signal only to its shell, which does not forward it: https://github.com/npm/cli/issues/6684
  const { ppid } = process
  const watch = setInterval(() => {
    if (!script || process.ppid === ppid) return
    clearInterval(watch)
    void stop()
  }, 500)
}

/**
 * Where to find the admin token. Only the start that creates it prints it, and in production none does, because output
 * often ends up in a log.
 */
const tokenLineOf = ({ adminToken, isNewToken }: Server, dataDir: string): string => {
  if (ADMIN_TOKEN) return ''
  const path = relative(process.cwd(), join(dataDir, 'admin-token'))
  return isNewToken && !isProduction
    ? `  Admin token  ${adminToken}  (saved in ${path})`
    : `  Admin token  saved in ${path}`
}

/**
 * Starts the local server, configured by the environment, until the process receives a signal to stop.
 * @param folder of the project that holds the data, unless `DATA_DIR` is set
 * @param store where new sites are stored, as the command line says it
 * @returns the server, whether it serves the demo shop, and the line about the admin token, empty if `ADMIN_TOKEN` is set
 */
export const serve = async (
  folder: string,
  store?: string,
): Promise<{ server: Server; hasDemo: boolean; tokenLine: string }> => {
  const dataDir = dataDirOr(folder)
  const server = await start(dataDir, store)
  stopOnSignal(server)
  return { server, hasDemo: !isProduction, tokenLine: tokenLineOf(server, dataDir) }
}
