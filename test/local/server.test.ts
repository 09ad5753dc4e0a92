import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { readWorkerConfig } from '../../worker/local/config'
import { PortTaken } from '../../worker/local/port'
import { type Server, type ServerOptions, startServer } from '../../worker/local/server'
import { temporaryFolder } from './folder'

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
  const given = await start({ dataDir, adminToken: 'given' })
  expect((await ask(given, '/api/v1/sites')).status).toBe(200)
  await expect(stat(join(dataDir, 'admin-token'))).rejects.toThrow('ENOENT')
  await given.stop()

  const made = await start({ dataDir })
  expect(made.adminToken).toMatch(/^[\w-]{43}$/)
  expect((await readFile(join(dataDir, 'admin-token'), 'utf8')).trim()).toBe(made.adminToken)
  expect((await stat(join(dataDir, 'admin-token'))).mode & 0o777).toBe(0o600)
})

test('a port that is taken is refused', async () => {
  const dataDir = await temporaryFolder()
  const port = Number(new URL((await start({ dataDir })).url).port)
  await expect(start({ dataDir, port })).rejects.toThrow(PortTaken)
})

const firstAnswer = async (url: string, headers: Record<string, string>): Promise<unknown> => {
  const response = await fetch(url, { headers }).catch(() => undefined)
  return response ? response.json() : firstAnswer(url, headers)
}

test('a known port answers only when the tables and the site are in place', async () => {
  const dataDir = await temporaryFolder()
  const free = await start({ dataDir: join(dataDir, 'first') })
  await free.stop()
  const starting = start({
    dataDir: join(dataDir, 'second'),
    port: Number(new URL(free.url).port),
    adminToken: 'given',
  })
  const answer = await firstAnswer(`${free.url}/api/v1/sites`, { authorization: 'Bearer given' })
  expect(answer).toMatchObject({ sites: [{ domain: 'localhost' }] })
  expect((await starting).url).toBe(free.url)
})
