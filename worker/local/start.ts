import { join, relative } from 'node:path'
import { PROJECT } from './config.ts'
import { PortTaken } from './port.ts'
import { type Server, startServer } from './server.ts'

const { PORT = '8787', DATA_DIR = join(PROJECT, '.data'), ADMIN_TOKEN, npm_lifecycle_event: script } = process.env

const fail = (message: string): never => {
  console.error(message)
  process.exit(1)
}

const start = async () => {
  const port = Number(PORT)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) fail(`PORT is "${PORT}", but must be a number up to 65535.`)
  try {
    return await startServer({ port, dataDir: DATA_DIR, adminToken: ADMIN_TOKEN || undefined })
  } catch (error) {
    if (error instanceof PortTaken) fail(error.message)
    throw error
  }
}

const scriptTag = async ({ url, adminToken }: Server): Promise<string> => {
  const response = await fetch(`${url}/api/v1/sites`, { headers: { authorization: `Bearer ${adminToken}` } })
  const { sites }: { sites: { domain: string; tag: string }[] } = await response.json()
  return sites.find(site => site.domain === 'localhost')?.tag ?? ''
}

const greet = async (server: Server) => {
  const { url, adminToken } = server
  const lines = [
    'Footfall is running. Ctrl-C stops it; its data stays.',
    '',
    `  Dashboard    ${url}/`,
    `  Demo shop    ${url}/demo/`,
    `  Script tag   ${await scriptTag(server)}`,
  ]
  const kept = relative(process.cwd(), join(DATA_DIR, 'admin-token'))
  if (!ADMIN_TOKEN) lines.push(`  Admin token  ${adminToken}  (kept in ${kept})`)
  console.log(lines.join('\n'))
}

const stopWhenTold = (server: Server) => {
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

const server = await start()
stopWhenTold(server)
await greet(server)
