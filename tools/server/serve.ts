import { join, relative, resolve } from 'node:path'
import { PROJECT } from '../config.ts'
import { Failure } from '../failure.ts'
import { type Server, startServer } from './server.ts'

const { PORT = '8787', HOST, TRUST_PROXY, ADMIN_TOKEN, npm_lifecycle_event: script } = process.env

const fail = (message: string): never => {
  console.error(message)
  process.exit(1)
}

/** Where data is kept: as the environment says, else in a folder of the project. */
const dataDirOr = (folder: string): string =>
  process.env.DATA_DIR ? resolve(process.env.DATA_DIR) : join(PROJECT, folder)

const start = async (dataDir: string): Promise<Server> => {
  const port = Number(PORT)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) fail(`PORT is "${PORT}", but must be a number up to 65535.`)
  try {
    return await startServer({
      port,
      dataDir,
      adminToken: ADMIN_TOKEN || undefined,
      host: HOST || '127.0.0.1',
      trustProxy: TRUST_PROXY ?? '',
    })
  } catch (error) {
    if (error instanceof Failure) fail(error.message)
    throw error
  }
}

const stopWhenTold = (server: Server): void => {
  const stop = async () => {
    await server.stop()
    process.exit()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const others = process.listeners(signal)
    process.once(signal, stop)
    // Miniflare's own listeners end the process at once, in the middle of a scheduled run.
    for (const listener of others) process.removeListener(signal, listener)
  }
  // npm passes a signal on to its shell only, and the shell not at all: https://github.com/npm/cli/issues/6684
  const { ppid } = process
  const watch = setInterval(() => {
    if (!script || process.ppid === ppid) return
    clearInterval(watch)
    void stop()
  }, 500)
}

/** Where the admin token is found. Only the start that makes it prints it: what is printed often stays in a log. */
const tokenLineOf = ({ adminToken, isNewToken }: Server, dataDir: string): string => {
  if (ADMIN_TOKEN) return ''
  const kept = relative(process.cwd(), join(dataDir, 'admin-token'))
  return isNewToken ? `  Admin token  ${adminToken}  (kept in ${kept})` : `  Admin token  kept in ${kept}`
}

/**
 * Starts the local server as the environment says, until the process is told to end.
 * @param folder where data is kept unless DATA_DIR says otherwise, below the project
 * @returns the server, and the line that tells the admin token, empty for one that was given
 */
export const serve = async (folder: string): Promise<{ server: Server; tokenLine: string }> => {
  const dataDir = dataDirOr(folder)
  const server = await start(dataDir)
  stopWhenTold(server)
  return { server, tokenLine: tokenLineOf(server, dataDir) }
}
