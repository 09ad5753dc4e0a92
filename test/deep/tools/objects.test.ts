import { readdir, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Server, startServer } from '../../../tools/server/server'
import { temporaryFolder } from '../../tools/folder'
import { runTool } from '../../tools/runTool'

const EVENTS = Array.from({ length: 30 }, (_, n) => ({
  id: `${n}`,
  name: 'page_view',
  visitor_id: `v${n % 4}`,
  url: `https://localhost/${n}`,
}))

const call = async ({ url, adminToken }: Server, path: string, body: unknown): Promise<unknown> => {
  const headers = { authorization: `Bearer ${adminToken}` }
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(response.ok).toBe(true)
  return response.json()
}

const ask = async (server: Server): Promise<unknown> => {
  const question = { site: 'localhost', metrics: ['pageviews', 'visitors'], period: 'today' }
  return ((await call(server, '/api/v1/query', question)) as { rows: unknown }).rows
}

const filesIn = async (dataDir: string): Promise<string[]> =>
  (await readdir(join(dataDir, 'objects/footfall-SiteObject'))).filter(name => /^[0-9a-f]{64}\.sqlite$/.test(name))

test('--store objects gives each site its own file, which later starts and backups find', async () => {
  const dataDir = await temporaryFolder()
  const server = await startServer({ port: 0, dataDir, quiet: true, store: 'objects' })
  await call(server, '/api/v1/sites', { domain: 'other.example' })
  await call(server, '/api/v1/events?site=localhost', { events: EVENTS })
  await call(server, '/api/v1/events?site=other.example', { events: EVENTS })
  const rows = await ask(server)
  expect(rows).toMatchObject([{ metrics: { pageviews: { value: 30 }, visitors: { value: 4 } } }])
  await server.stop()
  expect(await filesIn(dataDir)).toHaveLength(2)

  const again = await startServer({ port: 0, dataDir, quiet: true })
  expect(await ask(again)).toEqual(rows)
  await again.stop()

  const other = await temporaryFolder()
  const file = join(other, 'backup.ndjson')
  expect(await runTool('backup', ['--out', file], { DATA_DIR: dataDir })).toMatchObject({ code: 0 })
  expect(await runTool('restore', ['--in', file], { DATA_DIR: other })).toMatchObject({ code: 0 })
  const moved = await startServer({ port: 0, dataDir: other, quiet: true })
  expect(await ask(moved)).toEqual(rows)
  await moved.stop()

  await expect(startServer({ port: 0, dataDir, store: 'd1' })).rejects.toThrow('has sites in objects')
  const [one = ''] = await filesIn(dataDir)
  await truncate(join(dataDir, 'objects/footfall-SiteObject', one), 5_000)
  await expect(startServer({ port: 0, dataDir })).rejects.toThrow(`${one} is damaged`)
})

test('npm start refuses a store that does not exist', async () => {
  const { code, err } = await runTool('start', ['--store', 'paper'], { DATA_DIR: await temporaryFolder() })
  expect([code, err.trim()]).toEqual([1, '--store is "paper", but must be d1 or objects.'])
})
