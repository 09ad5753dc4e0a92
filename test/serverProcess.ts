import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { PROJECT } from '../tools/project.ts'

/** A server in a process of its own. */
export interface ServerProcess {
  readonly pid: number
  /** Without a trailing slash. */
  readonly url: string
  stop(): Promise<void>
}

/** Arguments and environment of Node.js, as `npm start` has them. */
const ARGUMENTS = ['--max-semi-space-size=2', '--optimize-for-size', join(PROJECT, 'tools/start.ts')]

/**
 * Starts the server as `npm start` and the service do, on a free port.
 * @param env variables beside `PATH` and `PORT`
 */
export const startServerProcess = async (env: Readonly<Record<string, string>>): Promise<ServerProcess> => {
  const child = spawn(process.execPath, ARGUMENTS, {
    cwd: PROJECT,
    env: { PATH: process.env.PATH, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  let printed = ''
  const listening = new Promise<string>(resolve =>
    child.stdout.on('data', chunk => {
      printed += chunk
      const [, url] = /Dashboard {4}(\S+)\//.exec(printed) ?? []
      if (url !== undefined) resolve(url)
    }),
  )
  const ended = exit.then((): never => {
    throw new Error(`The server ended before it listened: ${printed}`)
  })
  const stop = async () => {
    child.kill()
    await exit
  }
  return { pid: child.pid ?? 0, url: await Promise.race([listening, ended]), stop }
}
