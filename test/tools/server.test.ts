import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { readWorkerConfig } from '../../tools/config'
import { PortTaken } from '../../tools/server/port'
import { type Server, type ServerOptions, startServer } from '../../tools/server/server'
import { temporaryFolder } from './folder'

const GIVEN = 'the-admin-token-that-was-given-here'

const start = async (options: Omit<ServerOptions, 'port'> & { port?: number }): Promise<Server> => {
  const server = await startServer({ port: 0, quiet: true, ...options })
  onTestFinished(() => server.stop())
  return server
}

const ask = async ({ url, adminToken }: Server, path: string, body?: unknown) => {
  const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' }
  const response = await fetch(
    `${url}${path}`,
    body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers },
  )
  return { status: response.status, body: await response.json() }
}

const appliedMigrations = async (dataDir: string) => {
  const folder = join(dataDir, 'd1/miniflare-D1DatabaseObject')
  const file = (await readdir(folder)).find(name => /^[0-9a-f]+\.sqlite$/.test(name)) ?? ''
  const db = new DatabaseSync(join(folder, file), { readOnly: true })
  const rows = db.prepare('select * from d1_migrations order by id').all()
  db.close()
  return rows
}

test('serves as soon as it has started', async () => {
  const server = await start({ dataDir: await temporaryFolder() })
  expect(await ask(server, '/health')).toEqual({ status: 200, body: { status: 'ok' } })
})

test('starting again keeps the data, the token and the migrations', async () => {
  const dataDir = await temporaryFolder()
  const first = await start({ dataDir })
  expect((await ask(first, '/api/v1/sites', { domain: 'shop.example' })).status).toBe(201)
  const migrations = await appliedMigrations(dataDir)
  expect(migrations.map(row => row.name)).toEqual((await readdir(readWorkerConfig().migrationsDir)).sort())
  await first.stop()

  const second = await start({ dataDir })
  expect(second.adminToken).toBe(first.adminToken)
  expect((await ask(second, '/api/v1/sites')).body).toMatchObject({
    sites: [{ domain: 'localhost' }, { domain: 'shop.example' }],
  })
  expect(await appliedMigrations(dataDir)).toEqual(migrations)
})

test('an admin token is made once, for the owner alone, and only when none is given', async () => {
  const dataDir = await temporaryFolder()
  const given = await start({ dataDir, adminToken: GIVEN })
  expect((await ask(given, '/api/v1/sites')).status).toBe(200)
  await expect(stat(join(dataDir, 'admin-token'))).rejects.toThrow('ENOENT')
  await given.stop()

  const made = await start({ dataDir })
  expect(made.adminToken).toMatch(/^[\w-]{43}$/)
  expect((await readFile(join(dataDir, 'admin-token'), 'utf8')).trim()).toBe(made.adminToken)
  expect((await stat(join(dataDir, 'admin-token'))).mode & 0o777).toBe(0o600)
  expect([made.isNewToken, given.isNewToken]).toEqual([true, false])
})

test('a port in use is rejected', async () => {
  const port = Number(new URL((await start({ dataDir: await temporaryFolder() })).url).port)
  await expect(start({ dataDir: await temporaryFolder(), port })).rejects.toThrow(PortTaken)
})

test('only the owner may read the data folder, even with a given admin token', async () => {
  const dataDir = join(await temporaryFolder(), 'outer', 'inner')
  await start({ dataDir, adminToken: GIVEN })
  expect((await stat(dataDir)).mode & 0o777).toBe(0o700)
})

test('an admin token under 32 characters is rejected with the command that makes one', async () => {
  const dataDir = await temporaryFolder()
  const sentence = 'ADMIN_TOKEN has fewer than 32 characters; make a new one with: openssl rand -hex 32'
  await expect(start({ dataDir, adminToken: 'x'.repeat(31) })).rejects.toThrow(sentence)
  await writeFile(join(dataDir, 'admin-token'), `${'x'.repeat(31)}\n`)
  await expect(start({ dataDir })).rejects.toThrow(sentence)
  await start({ dataDir, adminToken: 'x'.repeat(32) })
})

test('a second server on the same data is rejected until the first has stopped', async () => {
  const dataDir = await temporaryFolder()
  const first = await start({ dataDir })
  await expect(start({ dataDir })).rejects.toThrow(
    `Another Footfall process uses the data in ${dataDir}. Stop it, or choose another folder with DATA_DIR.`,
  )
  expect((await ask(first, '/health')).status).toBe(200)
  await first.stop()
  expect((await ask(await start({ dataDir }), '/health')).status).toBe(200)
})

const firstAnswer = async (url: string, headers: Record<string, string>): Promise<unknown> => {
  const response = await fetch(url, { headers }).catch(() => undefined)
  return response ? response.json() : firstAnswer(url, headers)
}

test('a known port answers only once the tables and the site exist', async () => {
  const dataDir = await temporaryFolder()
  const free = await start({ dataDir: join(dataDir, 'first') })
  await free.stop()
  const starting = start({
    dataDir: join(dataDir, 'second'),
    port: Number(new URL(free.url).port),
    adminToken: GIVEN,
  })
  const answer = await firstAnswer(`${free.url}/api/v1/sites`, { authorization: `Bearer ${GIVEN}` })
  expect(answer).toMatchObject({ sites: [{ domain: 'localhost' }] })
  expect((await starting).url).toBe(free.url)
})
