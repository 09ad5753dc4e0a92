import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startServer } from '../../tools/server/server'
import { SNIPPET } from '../../tools/snippet/build'

test('the Worker serves the built snippet to any site, cached for a day, and 304 to a browser that has it', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'footfall-'))
  onTestFinished(() => rm(dataDir, { recursive: true }))
  const server = await startServer({ port: 0, dataDir, quiet: true })
  onTestFinished(() => server.stop())
  const first = await fetch(`${server.url}/s.js`)
  expect(first.status).toBe(200)
  expect(await first.text()).toBe(await readFile(SNIPPET, 'utf8'))
  expect(Object.fromEntries(first.headers)).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=86400, stale-while-revalidate=604800',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  })
  const etag = first.headers.get('etag') ?? ''
  const second = await fetch(`${server.url}/s.js`, { headers: { 'if-none-match': etag } })
  expect([second.status, second.headers.get('etag'), await second.text()]).toEqual([304, etag, ''])
})
