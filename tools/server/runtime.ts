import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { ask } from './ask.ts'
import { printLog } from './printLog.ts'
import { runtimeConfig, SECRETS } from './runtimeConfig.ts'
import type { ServerBuild } from './serverBuild.ts'
import { objectsFolder, type Store } from './store.ts'

export interface RuntimeOptions {
  readonly dataDir: string
  readonly adminToken: string
  readonly demo: boolean
  /** Where new sites are stored. */
  readonly store: Store
  /** Prints warnings and errors only. */
  readonly quiet: boolean
}

/** workerd, running the Worker. */
export interface Runtime {
  /** Where it listens, on this machine. */
  readonly url: URL
  /** Applies the pending migrations. */
  migrate(): Promise<void>
  /** Runs the Worker's scheduled handler once. Rejects when it throws. */
  runScheduled(): Promise<void>
  stop(): Promise<void>
  /** Resolves when workerd ends though nobody stopped it. */
  readonly died: Promise<void>
}

type Ports = Readonly<Record<'collector' | 'control', number>>

/** Writes the configuration and its modules, which workerd reads before it listens. */
const writeConfig = async (build: ServerBuild, { dataDir, demo, store }: RuntimeOptions): Promise<string> => {
  const folder = resolve(dataDir, 'runtime')
  const folders = {
    databaseFolder: resolve(dataDir, 'd1'),
    objectsFolder: store === 'objects' ? objectsFolder(dataDir) : null,
  }
  for (const one of [folder, ...Object.values(folders)]) if (one) await mkdir(one, { recursive: true })
  await writeFile(join(folder, 'config.capnp'), runtimeConfig(build, { ...folders, demo }))
  for (const [name, code] of Object.entries(build.modules)) await writeFile(join(folder, `${name}.js`), code)
  return folder
}

/** workerd reports each socket that it opens as a line of JSON. */
const portsFrom = async (pipe: Readable): Promise<Ports | null> => {
  const ports: Partial<Record<keyof Ports, number>> = {}
  for await (const line of createInterface({ input: pipe })) {
    const { event, socket, port } = JSON.parse(line)
    if (event === 'listen') ports[socket as keyof Ports] = port
    const { collector, control } = ports
    if (collector !== undefined && control !== undefined) return { collector, control }
  }
  return null
}

/** The path of workerd. Its package is of CommonJS, whose default export Node and Vite read differently. */
const BINARY: string = createRequire(import.meta.url)('workerd').default

/**
 * With it, which every Linux has, the kernel ends workerd when this process ends, even if it is killed.
 * @see https://man7.org/linux/man-pages/man1/setpriv.1.html
 */
const SETPRIV = '/usr/bin/setpriv'

const launch = (folder: string, env: Record<string, string>): ChildProcess => {
  const serve = ['serve', '--experimental', '--control-fd=3', join(folder, 'config.capnp')]
  const [program, args] = existsSync(SETPRIV) ? [SETPRIV, ['--pdeathsig', 'KILL', BINARY, ...serve]] : [BINARY, serve]
  return spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe', 'pipe'], env: { TZ: 'UTC', ...env } })
}

/** Milliseconds in which workerd may finish its requests. */
const PATIENCE = 5_000

/** How to end workerd, and when it ends by itself. */
const lifeOf = (child: ChildProcess): Pick<Runtime, 'stop' | 'died'> => {
  const exit = once(child, 'exit')
  let isStopped = false
  const stop = async () => {
    isStopped = true
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE)
    await exit
    clearTimeout(timer)
  }
  const died = new Promise<void>(resolve => void exit.then(() => !isStopped && resolve()))
  return { stop, died }
}

const controlOf =
  (port: number, secret: string) =>
  async <T>(path: string, body = ''): Promise<T> => {
    const { status, text } = await ask(`http://127.0.0.1:${port}${path}`, { token: secret, method: 'POST', body })
    if (status !== 200) throw new Error(text)
    return JSON.parse(text)
  }

/**
 * Starts workerd, the runtime that the Worker is deployed to, without the tools that develop it: those take three times
 * its memory.
 * @throws if workerd ends before it listens; it prints why.
 */
export const startRuntime = async (build: ServerBuild, options: RuntimeOptions): Promise<Runtime> => {
  const folder = await writeConfig(build, options)
  const secret = randomBytes(32).toString('hex')
  const child = launch(folder, { [SECRETS.admin]: options.adminToken, [SECRETS.control]: secret })
  const life = lifeOf(child)
  for (const stream of [child.stdout, child.stderr]) if (stream) printLog(stream, options.quiet)
  const ports = await portsFrom(child.stdio[3] as Readable)
  await rm(folder, { recursive: true })
  if (ports === null) throw new Error('workerd ended before it listened.')
  const control = controlOf(ports.control, secret)
  return {
    url: new URL(`http://127.0.0.1:${ports.collector}`),
    migrate: async () => void (await control('/migrate', JSON.stringify(build.migrations))),
    runScheduled: async () => {
      const { outcome } = await control<{ outcome: string }>('/scheduled')
      if (outcome !== 'ok') throw new Error(`The scheduled run ended with "${outcome}".`)
    },
    ...life,
  }
}
