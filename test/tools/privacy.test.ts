import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { type Server, startServer } from '../../tools/server/server'
import { temporaryFolder } from './folder'

const HOUR = 3_600_000
const ADMIN = 'the-admin-token-of-this-very-test'
const USER = 'ada.lovelace.42'
const PERSISTENT = 'a-lasting-id-of-a-browser'
const VISITOR = 'a-visitor-id-of-a-server'

const ADDRESSES = ['198.51.100.23', '203.0.113.77', '2001:db8:85a3::8a2e:370:7334']
const AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15',
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
]
/** Parts of User-Agents that occur in no name of a browser or system. */
const OF_AGENTS = ['Gecko/20100101', 'AppleWebKit', 'rv:143.0', 'Pixel 9', '10_15_7']

/** All bytes of a folder: tables, indexes, free pages, logs of the database. */
const everything = async (folder: string): Promise<Buffer> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  return Buffer.concat(await Promise.all(files.map(file => readFile(file))))
}

const database = async (folder: string): Promise<string> => {
  const tables = join(folder, 'd1/miniflare-D1DatabaseObject')
  const file = (await readdir(tables)).find(name => /^[0-9a-f]+\.sqlite$/.test(name)) ?? ''
  return join(tables, file)
}

/** SQLite does this by itself every thousand pages: until then a file holds pages that its log has already changed. */
const writeBack = async (folder: string) => {
  const db = new DatabaseSync(await database(folder))
  db.exec('pragma wal_checkpoint(truncate)')
  db.close()
}

const post = async ({ url }: Server, path: string, body: unknown, headers: Record<string, string>) => {
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const text = await response.text()
  return { status: response.status, text, cookie: response.headers.get('set-cookie') }
}

/** A day of everything that identifies a person. */
const load = async (server: Server) => {
  const admin = { authorization: `Bearer ${ADMIN}` }
  const keys: string[] = []
  for (const scope of ['read', 'write']) {
    const { text } = await post(server, '/api/v1/sites/localhost/keys', { name: scope, scope }, admin)
    keys.push(JSON.parse(text).key)
  }
  for (let n = 0; n < 60; n++) {
    const address = ADDRESSES[n % ADDRESSES.length] ?? ''
    const agent = AGENTS[Math.floor(n / 3) % AGENTS.length] ?? ''
    const u = `http://localhost/orders/found-${n}?email=ada@example.com&session=a-session-token&utm_source=news`
    const view = { i: n, t: Date.now(), u, r: 'https://mail.example/in?to=ada@example.com' }
    const e = n % 10 === 0 ? [view, { ...view, i: n + 1000, k: 'identify', o: { user_id: USER } }] : [view]
    const body = { v: 1, s: 'localhost', n: Date.now(), e, ...(n % 7 === 0 && { p: PERSISTENT }) }
    const headers = { 'content-type': 'text/plain', 'user-agent': agent, 'cf-connecting-ip': address }
    const { status, text, cookie } = await post(server, '/v1/e', body, headers)
    expect([status, text, cookie]).toEqual([204, '', null])
  }
  const events = ADDRESSES.flatMap((ip, n) => [
    {
      name: 'page_view',
      ip,
      user_agent: AGENTS[n],
      url: 'https://x.example/reset/ada%40example.com?token=a-session-token',
    },
    { name: 'signed', visitor_id: VISITOR, user_id: USER, properties: { plan: 'pro' } },
  ])
  const stored = await post(server, '/api/v1/events?site=localhost', { events }, { authorization: `Bearer ${keys[1]}` })
  expect(stored.text).toBe('{"accepted":6,"duplicates":0,"refused":[]}')
  const wrong = await post(server, '/api/v1/query', {}, { authorization: 'Bearer an-invalid-token-of-32-characters' })
  expect(wrong.status).toBe(401)
  return keys
}

test('stored data contains no address, User-Agent, person id, email address, token or key', async () => {
  const dataDir = await temporaryFolder()
  const server = await startServer({ port: 0, quiet: true, dataDir, adminToken: ADMIN, trustProxy: 'loopback' })
  const keys = await load(server)
  await server.runCron()
  const open = await everything(dataDir)
  await server.stop()
  const closed = await everything(dataDir)
  for (const bytes of [open, closed]) {
    // Stored strings are found.
    for (const stored of ['/orders/found-59', 'mail.example/in', '/reset/(email)', 'Firefox', 'pro']) {
      expect([stored, bytes.includes(stored)]).toEqual([stored, true])
    }
    const secrets = [
      ...ADDRESSES,
      ...OF_AGENTS,
      ...[USER, PERSISTENT, VISITOR, 'ada@example.com', 'ada%40example.com', 'a-session-token'],
      ...[ADMIN, 'an-invalid-token-of-32-characters', ...keys],
    ]
    expect(secrets.filter(secret => bytes.includes(secret))).toEqual([])
  }
}, 60_000)

test('a two-day-old salt is erased from the file, including its old pages', async () => {
  const dataDir = await temporaryFolder()
  const first = await startServer({ port: 0, quiet: true, dataDir, adminToken: ADMIN, trustProxy: 'loopback' })
  await load(first)
  await first.stop()
  const salts = Array.from({ length: 20 }, () => randomBytes(32).toString('hex'))
  const db = new DatabaseSync(await database(dataDir))
  const insert = db.prepare('insert into salts (site, day, salt, created) values (?, ?, ?, ?)')
  for (const [n, salt] of salts.entries()) insert.run(1, n, salt, Date.now() - 47 * HOUR)
  const young = db
    .prepare('select salt from salts where day > 1000')
    .all()
    .map(row => String(row.salt))
  db.close()
  const found = (bytes: Buffer, of: readonly string[]) => of.filter(salt => bytes.includes(salt)).length
  expect([found(await everything(dataDir), salts), young.length > 0]).toEqual([20, true])
  const second = await startServer({ port: 0, quiet: true, dataDir, adminToken: ADMIN, trustProxy: 'loopback' })
  await second.runCron()
  await second.stop()
  await writeBack(dataDir)
  const after = await everything(dataDir)
  expect([found(after, salts), found(after, young)]).toEqual([0, young.length])
}, 60_000)
