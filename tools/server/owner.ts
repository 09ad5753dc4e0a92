import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { CommandFailure } from '../failure.ts'
import { PROJECT } from '../project.ts'
import { adminTokenIn } from './adminToken.ts'
import { DataInUse } from './dataFolder.ts'
import { type Server, startServer } from './server.ts'

/** The API of a server, called with its admin token. */
export interface Owner {
  readonly url: string
  /** Whether the database was created by this command. */
  readonly isNew: boolean
  /**
   * Calls the API. Temporary failures are retried.
   * @throws CommandFailure unless the answer is 2xx or one of `others`
   */
  call(method: 'GET' | 'POST' | 'DELETE', path: string, options?: CallOptions): Promise<ApiAnswer>
  /** Stops the server, if this command started it. */
  stop(): Promise<void>
}

export interface CallOptions {
  readonly body?: string
  /** Further statuses to return instead of throwing. */
  readonly others?: readonly number[]
}

export interface ApiAnswer {
  readonly status: number
  readonly text: string
  /** How many calls it took. */
  readonly tries: number
}

/** Seconds between retries. */
const PAUSES = [0.2, 1, 5, 20]
/** The longest `Retry-After` to wait for, in seconds. */
const LONGEST = 120

const messageOf = (text: string): string => {
  try {
    return JSON.parse(text).error.message
  } catch {
    return text.slice(0, 200)
  }
}

interface Reply {
  readonly status: number
  readonly text: string
  readonly headers: Headers
}

/** Seconds until the next try; `null` to give up. */
const waitFor = (reply: Reply | null, tries: number): number | null => {
  const next = PAUSES[tries - 1] ?? null
  if (reply === null || reply.status >= 500) return next
  if (reply.status !== 429 || next === null) return null
  return Math.min(Number(reply.headers.get('retry-after') ?? next), LONGEST)
}

/** One call; `null` without an answer. */
const ask = async (url: string, init: RequestInit): Promise<Reply | null> => {
  try {
    const response = await fetch(url, init)
    return { status: response.status, text: await response.text(), headers: response.headers }
  } catch {
    return null
  }
}

const caller =
  (url: string, token: string): Owner['call'] =>
  async (method, path, { body, others = [] } = {}) => {
    const init = { method, headers: { authorization: `Bearer ${token}` }, ...(body !== undefined && { body }) }
    for (let tries = 1; ; tries++) {
      const reply = await ask(`${url}${path}`, init)
      if (reply && (reply.status < 300 || others.includes(reply.status))) return { ...reply, tries }
      const seconds = waitFor(reply, tries)
      if (seconds === null) {
        throw new CommandFailure(
          reply ? `${url} responded with ${reply.status}: ${messageOf(reply.text)}` : `${url} does not respond.`,
        )
      }
      await pause(seconds * 1000)
    }
  }

/**
 * Whether a server with this token runs here, which then owns the data.
 * @throws CommandFailure when a server with another token does
 */
const isRunning = async (url: string, token: string): Promise<boolean> => {
  const reply = await ask(`${url}/api/v1/sites`, { headers: { authorization: `Bearer ${token}` } })
  if (reply?.status === 401) {
    throw new CommandFailure(
      `A server with another admin token is running at ${url}. Set ADMIN_TOKEN to its token, or stop it.`,
    )
  }
  return reply?.status === 200
}

/** @throws CommandFailure when another process uses the data */
const startOwn = async (dataDir: string, adminToken: string): Promise<Server> => {
  try {
    return await startServer({ port: 0, dataDir, adminToken, demo: false, quiet: true })
  } catch (error) {
    if (!(error instanceof DataInUse)) throw error
    throw new CommandFailure(`${error.message} If it is a server on another port, set PORT to that port.`)
  }
}

/**
 * Connects to the server at an address, or without one to the local server of `DATA_DIR`, which is started unless it
 * already runs on `PORT`.
 * @throws CommandFailure when no admin token is known
 */
export const connect = async (url?: string): Promise<Owner> => {
  const { PORT = '8787', DATA_DIR = join(PROJECT, '.data'), ADMIN_TOKEN } = process.env
  const stop = async () => {}
  if (url !== undefined) {
    const origin = URL.canParse(url) ? new URL(url).origin : ''
    if (!origin.startsWith('http'))
      throw new CommandFailure(`--url is "${url}", but must be like https://stats.example.com.`)
    if (!ADMIN_TOKEN) throw new CommandFailure('Set ADMIN_TOKEN in the environment to the admin token of that server.')
    return { url: origin, isNew: false, call: caller(origin, ADMIN_TOKEN), stop }
  }
  const isNew = !existsSync(join(DATA_DIR, 'd1'))
  const token = ADMIN_TOKEN || (await adminTokenIn(DATA_DIR)).token
  const local = `http://127.0.0.1:${PORT}`
  if (await isRunning(local, token)) return { url: local, isNew: false, call: caller(local, token), stop }
  const server = await startOwn(DATA_DIR, token)
  return { url: server.url, isNew, call: caller(server.url, token), stop: () => server.stop() }
}

/** Runs a command. Of a CommandFailure it prints only the message. */
export const runCommand = async (command: () => Promise<void>): Promise<void> => {
  try {
    await command()
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
