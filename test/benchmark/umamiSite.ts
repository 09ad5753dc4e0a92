import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { PROJECT } from '../../tools/config.ts'
import { startServer } from '../../tools/server/server.ts'
import { type ServerProcess, startServerProcess } from '../serverProcess.ts'
import { umamiRows } from '../umamiRows.ts'
import { inFolder } from './folders.ts'
import { type ProcessUsage, UsageWatch } from './usageWatch.ts'

export const DOMAIN = 'shop.example'
const TOKEN = 'the-admin-token-of-the-benchmark'

/** Arguments of Node.js for `npm run import`. */
const importArguments = (): string[] => {
  const { scripts } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'))
  return scripts.import.split(' ').slice(1)
}

/** A server with a site and nothing in it. */
export interface UmamiSite {
  /** Ends the server and starts it on the same data. */
  restart(): Promise<ServerProcess>
  /** Runs the cron until it finds little to do. */
  finishSessions(): Promise<void>
  /** Calls the API as the owner. */
  call(path: string, body?: object): Promise<Response>
  /** Imports so many rows of Umami by `npm run import`. */
  importRows(rows: number): Promise<{ readonly importer: ProcessUsage; readonly ofServer: ProcessUsage }>
}

const expectAccepted = (printed: string, rows: number): void => {
  if (!printed.includes(`${rows.toLocaleString('en-US')} rows accepted, 0 already stored.`)) throw new Error(printed)
}

const runImport = async (server: ServerProcess, file: string, rows: number) => {
  const args = [...importArguments(), 'umami', file, '--site', DOMAIN]
  const env = { PATH: process.env.PATH, PORT: new URL(server.url).port, ADMIN_TOKEN: TOKEN }
  const child = spawn(process.execPath, args, { cwd: PROJECT, env, stdio: ['ignore', 'pipe', 'inherit'] })
  const [ofServer, importer] = [new UsageWatch(server.pid), new UsageWatch(child.pid ?? 0)]
  let printed = ''
  child.stdout.on('data', chunk => (printed += chunk))
  await once(child, 'close')
  const used = { importer: importer.end(), ofServer: ofServer.end() }
  expectAccepted(printed, rows)
  return used
}

const callApi = async ({ url }: ServerProcess, path: string, body?: object): Promise<Response> => {
  const headers = { authorization: `Bearer ${TOKEN}` }
  const init = { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) }
  const response = await fetch(`${url}${path}`, init)
  if (!response.ok) throw new Error(`${path} returned ${response.status}: ${await response.text()}`)
  return response
}

/** Milliseconds of a run of the cron that finds little to do. */
const IDLE = 3_000

/** Each run stops after some seconds of work. */
const MOST_RUNS = 50

const runCrons = async (dataDir: string): Promise<void> => {
  const server = await startServer({ port: 0, dataDir, adminToken: TOKEN, quiet: true })
  try {
    for (let runs = 0; runs < MOST_RUNS; runs++) {
      const began = performance.now()
      await server.runCron()
      if (performance.now() - began < IDLE) return
    }
  } finally {
    await server.stop()
  }
}

/** Runs with a server as `npm start` starts it, on which one site was added. */
export const withUmamiSite = <T>(run: (site: UmamiSite) => Promise<T>): Promise<T> =>
  inFolder(async folder => {
    const dataDir = join(folder, 'data')
    const start = () => startServerProcess({ DATA_DIR: dataDir, ADMIN_TOKEN: TOKEN })
    let server = await start()
    const restart = async (between = async () => {}) => {
      await server.stop()
      await between()
      server = await start()
      return server
    }
    const importRows = async (rows: number) => {
      const file = join(folder, 'website_event.csv')
      await pipeline(Readable.from(umamiRows(rows)), createWriteStream(file))
      return runImport(server, file, rows)
    }
    const call: UmamiSite['call'] = (path, body) => callApi(server, path, body)
    const finishSessions = async () => void (await restart(() => runCrons(dataDir)))
    try {
      await (await call('/api/v1/sites', { domain: DOMAIN, timezone: 'UTC' })).text()
      return await run({ restart: () => restart(), finishSessions, call, importRows })
    } finally {
      await server.stop()
    }
  })
