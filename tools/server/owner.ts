import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { PROJECT } from '../config.ts'
import { Failure } from '../failure.ts'
import { adminTokenIn } from './adminToken.ts'
import { DataInUse } from './dataFolder.ts'
import { type Server, startServer } from './server.ts'

/** A server as its owner calls it. */
export interface Owner {
  readonly url: string
  /** Whether the database was made just now, for this. */
  readonly isNew: boolean
  /**
   * Calls an address of the API; what fails in passing is called again.
   * @throws Failure unless the answer is 2xx or one of `others`
   */
  call(method: 'GET' | 'POST' | 'DELETE', path: string, options?: CallOptions): Promise<Answer>
  /** Ends the server, if it was started for this. */
  stop(): Promise<void>
}

export interface CallOptions {
  readonly body?: string
  /** Statuses that are answers too. */
  readonly others?: readonly number[]
}

export interface Answer {
  readonly status: number
  readonly text: string
  /** How often it was called. */
  readonly tries: number
}

/** Seconds. */
const PAUSES = [0.2, 1, 5, 20]
/** Of a server that says how long: what more than this takes is not waited for. */
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

/** Seconds until a call is worth repeating, `null` when it is not. */
const waitFor = (reply: Reply | null, tries: number): number | null => {
  const next = PAUSES[tries - 1] ?? null
  if (reply === null || reply.status >= 500) return next
  if (reply.status !== 429 || next === null) return null
  return Math.min(Number(reply.headers.get('retry-after') ?? next), LONGEST)
}

/** One call, `null` without an answer. */
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
        throw new Failure(
          reply ? `${url} answered ${reply.status}: ${messageOf(reply.text)}` : `${url} does not answer.`,
        )
      }
      await pause(seconds * 1000)
    }
  }

/**
 * Whether a server with this token answers here: then the data are in its hands.
 * @throws Failure when one with another token does
 */
const isRunning = async (url: string, token: string): Promise<boolean> => {
  const reply = await ask(`${url}/api/v1/sites`, { headers: { authorization: `Bearer ${token}` } })
  if (reply?.status === 401) {
    throw new Failure(`A server with another admin token runs at ${url}: set ADMIN_TOKEN to its token, or stop it.`)
  }
  return reply?.status === 200
}

/** @throws Failure when another process has the data: a server on another port */
const startOwn = async (dataDir: string, adminToken: string): Promise<Server> => {
  try {
    return await startServer({ port: 0, dataDir, adminToken, demo: false, quiet: true })
  } catch (error) {
    if (!(error instanceof DataInUse)) throw error
    throw new Failure(`${error.message} If it is a server on another port, set PORT to that port.`)
  }
}

/**
 * The server at an address; without one the local server of `DATA_DIR`, which is started when it does not
 * run on `PORT` already.
 * @throws Failure when no admin token is known
 */
export const connect = async (url?: string): Promise<Owner> => {
  const { PORT = '8787', DATA_DIR = join(PROJECT, '.data'), ADMIN_TOKEN } = process.env
  const stop = async () => {}
  if (url !== undefined) {
    const origin = URL.canParse(url) ? new URL(url).origin : ''
    if (!origin.startsWith('http')) throw new Failure(`--url is "${url}", but must be like https://stats.example.com.`)
    if (!ADMIN_TOKEN) throw new Failure('Set ADMIN_TOKEN in the environment: the admin token of that server.')
    return { url: origin, isNew: false, call: caller(origin, ADMIN_TOKEN), stop }
  }
  const isNew = !existsSync(join(DATA_DIR, 'd1'))
  const token = ADMIN_TOKEN || (await adminTokenIn(DATA_DIR)).token
  const local = `http://127.0.0.1:${PORT}`
  if (await isRunning(local, token)) return { url: local, isNew: false, call: caller(local, token), stop }
  const server = await startOwn(DATA_DIR, token)
  return { url: server.url, isNew, call: caller(server.url, token), stop: () => server.stop() }
}

/** Runs a command to its end; of a Failure only its sentence is shown. */
export const runCommand = async (command: () => Promise<void>): Promise<void> => {
  try {
    await command()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
