import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Miniflare, type MiniflareOptions } from 'miniflare'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { buildAssets } from '../../../tools/buildAssets'
import { bundleWorker } from '../../../tools/bundle'
import { PROJECT, readWorkerConfig } from '../../../tools/config'
import { diagnose } from '../../../tools/doctor/diagnose'
import type { Finding } from '../../../tools/doctor/finding'
import { type Assets, readAssets } from '../../../tools/server/assets'
import { openDoor } from '../../../tools/server/door'
import { applyMigrations } from '../../../tools/server/migrate'
import { startServer } from '../../../tools/server/server'
import { workerdOptions } from '../../../tools/server/workerd'
import { temporaryFolder } from '../../tools/folder'

const TOKEN = 'the-admin-token-of-the-doctor-tests'
const MINUTE = 60_000

const config = readWorkerConfig()
let assets: Assets
let script: string
let migrations: string[]

beforeAll(async () => {
  assets = await readAssets(await buildAssets())
  script = await bundleWorker(config)
  migrations = (await readdir(config.migrationsDir)).sort()
})

/** How a collector differs from a healthy one. */
interface Setup {
  readonly token?: string
  /** Bindings that the Worker lacks. */
  readonly lacks?: readonly string[]
  readonly files?: (all: Assets) => Assets
  /** Done to the database, before the cron runs. */
  readonly sql?: string
  /** Migrations that are applied; all by default. */
  readonly applied?: number
  readonly cronRuns?: boolean
  /** Makes requests look as if they came through Cloudflare. */
  readonly isDeployed?: boolean
  /** Variables of the Worker. */
  readonly vars?: Readonly<Record<string, string>>
}

type WorkerEnv = { workers: { config: { env: Record<string, unknown> } }[] }

const without = (options: MiniflareOptions, names: readonly string[]): MiniflareOptions => {
  const env = (options as unknown as WorkerEnv).workers[0]?.config.env ?? {}
  for (const name of names) delete env[name]
  return options
}

const withVars = (vars: Readonly<Record<string, string>> = {}): typeof config => ({
  ...config,
  options: { ...config.options, bindings: { ...(config.options.bindings as object), ...vars } },
})

const migrationsFolder = async (count: number): Promise<string> => {
  const folder = await temporaryFolder()
  await cp(config.migrationsDir, folder, { recursive: true })
  for (const name of migrations.slice(count)) await rm(join(folder, name))
  return folder
}

/** A local collector: the Worker in workerd with its database, behind the server's own door. */
const collector = async ({ token = TOKEN, lacks = [], files = all => all, sql, applied, ...setup }: Setup) => {
  const dataDir = await temporaryFolder()
  const local = { host: '127.0.0.1', port: 0, dataDir, adminToken: token, demo: false, quiet: true }
  const database = new Miniflare(workerdOptions(config, script, local))
  const db = await database.getD1Database('DB')
  await applyMigrations(db, await migrationsFolder(applied ?? migrations.length))
  if (sql !== undefined) await db.prepare(sql).run()
  if (setup.cronRuns ?? true) await (await database.getWorker()).scheduled()
  await database.dispose()
  const miniflare = new Miniflare({
    ...without(workerdOptions(withVars(setup.vars), script, local), lacks),
    ...(setup.isDeployed && { cf: { colo: 'ARN' } }),
  })
  onTestFinished(() => miniflare.dispose())
  const inner = await miniflare.ready
  const door = await openDoor({
    host: '127.0.0.1',
    port: 0,
    trusted: () => false,
    assets: files(assets),
    locate: () => ({}),
    inner,
  })
  onTestFinished(() => door.close())
  return door.url
}

interface Told {
  readonly adminToken?: string
  /** Milliseconds that this machine's clock is wrong by. */
  readonly wrongBy?: number
}

const findingsAt = (url: string, { adminToken = TOKEN, wrongBy = 0 }: Told = {}): Promise<Finding[]> =>
  diagnose({ url, adminToken, migrations, now: () => Date.now() + wrongBy })

/** The faults by check. */
const faultsOf = (findings: readonly Finding[]) =>
  Object.fromEntries(findings.flatMap(({ check, fault }) => (fault === null ? [] : [[check, fault]])))

const ALL = [
  'https',
  'health',
  'admin token',
  'binding DB',
  'binding BEACONS',
  'binding CALLS',
  'database',
  'migrations',
  'cron',
  'clock',
  'bucket EXPORTS',
  'bucket BACKUPS',
  'tag',
  'files of the dashboard',
  'preflight of a beacon',
  'beacon',
]

test('a sound collector has no fault', async () => {
  const findings = await findingsAt(await collector({ isDeployed: true }))
  expect(findings.map(({ check, fault }) => ({ check, fault }))).toEqual(ALL.map(check => ({ check, fault: null })))
  expect(findings.find(({ check }) => check === 'bucket BACKUPS')?.note).toContain('not bound')
})

const withoutFile =
  (pattern: RegExp) =>
  (all: Assets): Assets =>
    new Map([...all].filter(([path]) => !pattern.test(path)))

const MISSING = 'is missing: assets and Worker are of different releases'

/** Each fault with the checks that notice it and a part of what they say. */
const FAULTS: readonly (readonly [string, Setup, Told, Readonly<Record<string, string>>])[] = [
  [
    'a wrong token',
    {},
    { adminToken: TOKEN.toUpperCase() },
    { 'admin token': 'The collector has another admin token' },
  ],
  ['no token', {}, { adminToken: '' }, { 'admin token': 'set ADMIN_TOKEN in the environment' }],
  ['a short token', {}, { adminToken: 'short' }, { 'admin token': 'fewer than 32 characters' }],
  ['a collector without a token', { token: '' }, {}, { 'admin token': 'Set the secret ADMIN_TOKEN' }],
  ['a collector with a short token', { token: 'short' }, {}, { 'admin token': 'fewer than 32 characters' }],
  ['no limit of beacons', { lacks: ['BEACONS'], isDeployed: true }, {}, { 'binding BEACONS': 'no binding BEACONS' }],
  ['no limit of calls', { lacks: ['CALLS'], isDeployed: true }, {}, { 'binding CALLS': 'no binding CALLS' }],
  [
    'no database',
    { lacks: ['DB'] },
    {},
    {
      health: 'cannot read its database',
      'binding DB': 'no binding DB',
      database: 'cannot read its database',
      migrations: 'cannot be read',
      cron: 'never run',
    },
  ],
  [
    'an unknown migration',
    { sql: "insert into d1_migrations (name) values ('9999_later.sql')" },
    {},
    { migrations: 'has 9999_later.sql, which this release does not: run git pull, npm ci, and restart the server' },
  ],
  ['a cron that never ran', { cronRuns: false }, {}, { cron: 'The cron has never run' }],
  [
    'a cron that stopped',
    { cronRuns: false, sql: `insert into cron_runs (since, until) values (1, ${Date.now() - 20 * MINUTE})` },
    {},
    { cron: 'ago instead of within 15' },
  ],
  ['a clock behind', {}, { wrongBy: 3 * MINUTE }, { clock: "clock is 3 minutes behind this machine's" }],
  ['a clock ahead', {}, { wrongBy: -3 * MINUTE }, { clock: "clock is 3 minutes ahead of this machine's" }],
  ['no tag', { files: withoutFile(/s\.js$/) }, {}, { tag: 'GET /s.js responds with 404' }],
  [
    'a chosen path that was not deployed',
    { vars: { SCRIPT_PATH: '/hello.js' } },
    {},
    { 'chosen paths': '/hello.js is not a script that sends to /v1/e: restart the server' },
  ],
  [
    'a chosen path that cannot be used',
    { vars: { ENDPOINT_PATH: '/api/hi' } },
    {},
    { 'chosen paths': 'ENDPOINT_PATH has "/api/hi", but' },
  ],
  ['no style sheet', { files: withoutFile(/\.css$/) }, {}, { 'files of the dashboard': MISSING }],
  ['no script', { files: withoutFile(/theme/) }, {}, { 'files of the dashboard': MISSING }],
]

test.each(FAULTS)('%s is found, and nothing else', async (_, setup, told, faults) => {
  const found = faultsOf(await findingsAt(await collector(setup), told))
  expect(found).toEqual(
    Object.fromEntries(Object.entries(faults).map(([check, part]) => [check, expect.stringContaining(part)])),
  )
})

test('a missing migration is found by its name', async () => {
  const url = await collector({ applied: migrations.length - 1, cronRuns: false })
  const last = migrations.at(-1) ?? ''
  expect(faultsOf(await findingsAt(url)).migrations).toBe(`The database lacks ${last}: restart the server.`)
})

/** A proxy in front of a collector that changes headers, as a careless one does. */
const proxy = async (inner: string, change: (headers: Headers) => void): Promise<string> => {
  const server = createServer(async (request, response) => {
    const body = request.method === 'POST' ? await text(request) : null
    const sent = { ...request.headers, connection: 'close' } as unknown as Record<string, string>
    for (const name of ['connection', 'host', 'content-length', 'transfer-encoding']) delete sent[name]
    const answer = await fetch(`${inner}${request.url}`, { method: request.method ?? 'GET', headers: sent, body })
    const headers = new Headers(answer.headers)
    for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) headers.delete(name)
    change(headers)
    response.writeHead(answer.status, Object.fromEntries(headers)).end(await answer.text())
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test.each([
  [
    'removes CORS headers',
    (headers: Headers) => headers.delete('access-control-allow-origin'),
    {
      tag: 'CORS headers are missing',
      'preflight of a beacon': 'lacks CORS headers',
      beacon: 'without CORS headers',
    },
  ],
  ['removes the ETag', (headers: Headers) => headers.delete('etag'), { tag: 'no working ETag' }],
  [
    'calls everything text',
    (headers: Headers) => headers.set('content-type', 'text/plain'),
    { tag: 'content type "text/plain"', 'files of the dashboard': MISSING },
  ],
])('a proxy that %s is found', async (_, change, faults) => {
  const url = await proxy(await collector({}), change as (headers: Headers) => void)
  expect(faultsOf(await findingsAt(url))).toEqual(
    Object.fromEntries(Object.entries(faults).map(([check, part]) => [check, expect.stringContaining(part)])),
  )
})

test('an address without https gets no admin token', async () => {
  const seen: (string | undefined)[] = []
  const server = createServer(({ headers }, response) => {
    seen.push(headers.authorization)
    response.writeHead(404).end('{}')
  }).listen(0, '::')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  // An address of this machine that does not say so.
  const found = faultsOf(await findingsAt(`http://[0:0:0:0:0:ffff:7f00:1]:${port}`))
  expect(found.https).toContain('The address is not https')
  expect(found['admin token']).toBeUndefined()
  expect([seen.length > 1, seen.filter(Boolean)]).toEqual([true, []])
})

test('an address where nothing answers is said to be wrong', async () => {
  const [https, health, more] = await findingsAt('http://127.0.0.1:9')
  expect([https?.fault, health?.fault, more]).toEqual([
    null,
    'Nothing answers at http://127.0.0.1:9: check the address, and that the collector is running.',
    undefined,
  ])
})

/** `npm run doctor` on its own. */
const doctor = async (args: readonly string[], env: Record<string, string>) => {
  const child = spawn(process.execPath, [join(PROJECT, 'tools/doctor.ts'), ...args], {
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, ...env },
  })
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { out, err, code }
}

test('the command checks the running local server with the token it saved, and fails on a fault', async () => {
  const dataDir = await temporaryFolder()
  const server = await startServer({ port: 0, dataDir, quiet: true })
  onTestFinished(() => server.stop())
  await server.runCron()
  const { port } = new URL(server.url)
  const local = { PORT: port, DATA_DIR: dataDir }
  expect(await doctor([], local)).toEqual({
    out: ALL.filter(check => !/BEACONS|CALLS|bucket/.test(check))
      .map(check => `ok     ${check}\n`)
      .join(''),
    err: '',
    code: 0,
  })
  const wrong = await doctor(['--url', server.url], { ADMIN_TOKEN: TOKEN })
  expect([wrong.code, wrong.out]).toEqual([1, expect.stringContaining('fault  admin token: The collector has another')])
  expect(await doctor(['--url', 'nonsense'], {})).toMatchObject({
    code: 1,
    err: '--url is "nonsense", but must be like https://stats.example.com.\n',
  })
})
