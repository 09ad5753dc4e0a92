import { copyFile, cp, readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeAll, expect, test } from 'vitest'
import { type Server, startServer } from '../../../tools/server/server'
import { sharedFolder, temporaryFolder } from '../../tools/folder'
import { runTool } from '../../tools/runTool'

const PAGE = 4_096
const EVENTS = Array.from({ length: 900 }, (_, n) => ({
  id: `${n}`,
  name: 'page_view',
  visitor_id: `v${n % 40}`,
  url: `https://localhost/${n}`,
}))

const call = async ({ url, adminToken }: Server, path: string, body: unknown): Promise<unknown> => {
  const headers = { authorization: `Bearer ${adminToken}` }
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(response.status).toBe(200)
  return response.json()
}

const ask = async (server: Server): Promise<unknown> => {
  const question = { site: 'localhost', metrics: ['pageviews', 'visitors', 'sessions'], period: 'today' }
  return ((await call(server, '/api/v1/query', question)) as { rows: unknown }).rows
}

const databaseIn = async (dataDir: string): Promise<string> => {
  const folder = join(dataDir, 'd1/miniflare-D1DatabaseObject')
  return join(folder, (await readdir(folder)).find(name => /^[0-9a-f]+\.sqlite$/.test(name)) ?? '')
}

const files = sharedFolder()
let whole: { dataDir: string; backup: string; answer: unknown }

beforeAll(async () => {
  const dataDir = join(files(), 'data')
  const server = await startServer({ port: 0, dataDir, quiet: true })
  await call(server, '/api/v1/events?site=localhost', { events: EVENTS })
  const answer = await ask(server)
  await server.stop()
  const backup = join(files(), 'backup.ndjson')
  expect(await runTool('backup', ['--out', backup], { DATA_DIR: dataDir })).toMatchObject({ code: 0 })
  const db = new DatabaseSync(await databaseIn(dataDir))
  db.exec('pragma wal_checkpoint(truncate)')
  db.close()
  whole = { dataDir, backup, answer }
})

/** The data with a damaged database. */
const damaged = async (damage: (path: string, content: Buffer) => Promise<void>) => {
  const dataDir = await temporaryFolder()
  await cp(whole.dataDir, dataDir, { recursive: true })
  const path = await databaseIn(dataDir)
  await damage(path, await readFile(path))
  return { dataDir, path }
}

const overwrite = (content: Buffer, from: number, to: number): Buffer => Buffer.from(content).fill(0xa5, from, to)

test.each<[string, (path: string, content: Buffer) => Promise<void>]>([
  ['cut to nothing', path => truncate(path, 0)],
  ['cut within its first page', path => truncate(path, 100)],
  ['cut in the middle', (path, content) => truncate(path, Math.floor(content.length / 2 / PAGE) * PAGE)],
  ['cut by a page', (path, content) => truncate(path, content.length - PAGE)],
  ['without a header', (path, content) => writeFile(path, overwrite(content, 0, 100))],
  ['with overwritten pages', (path, content) => writeFile(path, overwrite(content, 20 * PAGE, 40 * PAGE))],
  ['replaced by another file', path => copyFile(whole.backup, path)],
])('a database %s is reported in one sentence, and a backup restores it', async (_name, damage) => {
  const { dataDir, path } = await damaged(damage)
  const before = await readFile(path)
  const started = await runTool('start', [], { DATA_DIR: dataDir, PORT: '0' })
  expect([started.code, started.out]).toEqual([1, ''])
  expect(started.err).toMatch(
    /^The database \S+\.sqlite is damaged: [^\n]+\. Restore a backup into another folder: [^\n]+\n$/,
  )
  expect(await readFile(path)).toEqual(before)

  const other = await temporaryFolder()
  const restored = await runTool('restore', ['--in', whole.backup], { DATA_DIR: other })
  expect(restored).toMatchObject({ code: 0, err: '' })
  const server = await startServer({ port: 0, dataDir: other, quiet: true })
  try {
    expect(await ask(server)).toEqual(whole.answer)
  } finally {
    await server.stop()
  }
})

test('a database that a killed server left is not damaged', async () => {
  const { dataDir } = await damaged(async path => {
    // As the log of a transaction that was cut off while it was written.
    await writeFile(`${path}-wal`, Buffer.alloc(10_000, 0xa5))
  })
  const server = await startServer({ port: 0, dataDir, quiet: true })
  try {
    expect(await ask(server)).toEqual(whole.answer)
  } finally {
    await server.stop()
  }
})
