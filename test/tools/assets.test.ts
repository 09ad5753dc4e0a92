import { readFile } from 'node:fs/promises'
import { Miniflare } from 'miniflare'
import { expect, onTestFinished, test } from 'vitest'
import { buildAssets } from '../../tools/buildAssets'
import { readWorkerConfig } from '../../tools/config'
import { DIST_ASSETS } from '../../tools/dist'
import { readAssets } from '../../tools/server/assets'
import { openDoor } from '../../tools/server/door'
import { type Server, startServer } from '../../tools/server/server'
import { workerdOptions } from '../../tools/server/workerd'
import { DOWNLOADS } from '../../tools/snippet/scripts'
import { temporaryFolder } from './folder'

const WORKER = `export default { fetch: () => new Response('from the Worker', { status: 404 }) }`

/** workerd with a Worker that has no route, with Cloudflare's own Workers for assets in front of it if asked. */
const workerd = async (hasAssets: boolean): Promise<URL> => {
  const config = readWorkerConfig()
  const options = hasAssets ? { ...config.options, assets: config.assets } : config.options
  const local = {
    host: '127.0.0.1',
    port: 0,
    dataDir: await temporaryFolder(),
    adminToken: 'a',
    demo: false,
    quiet: true,
  }
  const miniflare = new Miniflare(workerdOptions({ ...config, options } as typeof config, WORKER, local))
  onTestFinished(() => miniflare.dispose())
  return miniflare.ready
}

const COMPARED = [
  'content-type',
  'cache-control',
  'access-control-allow-origin',
  'cross-origin-resource-policy',
  'x-content-type-options',
  'set-cookie',
]

const seen = async (response: Response) => ({
  status: response.status,
  headers: COMPARED.map(name => response.headers.get(name)),
  hasEtag: /^"\w+"$/.test(response.headers.get('etag') ?? ''),
  text: await response.text(),
})

/** A server's responses for a path: one for each method, and one to a browser that has cached the file. */
const answers = async (origin: string, path: string) => {
  const ask = (init: RequestInit = {}) => fetch(`${origin}${path}`, init)
  const first = await ask()
  const etag = first.headers.get('etag')
  return {
    first: await seen(first),
    others: await Promise.all(['HEAD', 'POST', 'OPTIONS'].map(async method => seen(await ask({ method })))),
    // A 304 need not repeat the type.
    again: etag && (await ask({ headers: { 'if-none-match': etag } })).status,
    changed: etag && (await ask({ headers: { 'if-none-match': '"other"' } })).status,
    unzipped: await seen(await ask({ headers: { 'accept-encoding': 'identity' } })),
  }
}

test('the local server answers every file, and what is none, as Cloudflare does', async () => {
  const files = await buildAssets()
  const cloudflare = (await workerd(true)).origin
  const assets = await readAssets(files)
  const local = {
    host: '127.0.0.1',
    port: 0,
    trusted: () => false,
    locate: () => ({}),
    assets,
    inner: await workerd(false),
  }
  const door = await openDoor(local)
  onTestFinished(() => door.close())
  const paths = files.map(file => file.slice(DIST_ASSETS.length))
  expect(paths.length).toBeGreaterThan(10)
  for (const path of [...paths, '/s.js?v=2', '/', '/_headers', '/assets/', '/assets/none.js', '/S.JS', '/v1/e']) {
    expect([path, await answers(door.url, path)]).toEqual([path, await answers(cloudflare, path)])
  }
})

const start = async (): Promise<Server> => {
  const server = await startServer({ port: 0, dataDir: await temporaryFolder(), quiet: true })
  onTestFinished(() => server.stop())
  return server
}

test('the tag and its modules are served to any site as built, cached for a day, and revalidated with 304', async () => {
  const { url } = await start()
  for (const [name, { path }] of Object.entries(DOWNLOADS)) {
    const first = await fetch(`${url}/${name}`, { headers: { cookie: 'footfall_session=x' } })
    expect(await seen(first)).toEqual({
      status: 200,
      hasEtag: true,
      text: await readFile(path, 'utf8'),
      headers: [
        'text/javascript; charset=utf-8',
        'public, max-age=86400, stale-while-revalidate=604800',
        '*',
        'cross-origin',
        'nosniff',
        null,
      ],
    })
    const etag = first.headers.get('etag') ?? ''
    const second = await fetch(`${url}/${name}`, { headers: { 'if-none-match': etag } })
    expect([second.status, second.headers.get('etag'), await second.text()]).toEqual([304, etag, ''])
  }
})

test('every file that a page of the dashboard names is there, cached for ever and never sniffed', async () => {
  const { url } = await start()
  const page = await (await fetch(url)).text()
  const files = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path)
  expect(files.length).toBeGreaterThan(1)
  for (const file of files) {
    const { status, headers, text } = await seen(await fetch(`${url}${file}`))
    expect([file, status, headers.slice(1)]).toEqual([
      file,
      200,
      ['public, max-age=31536000, immutable', null, null, 'nosniff', null],
    ])
    expect(text).not.toBe('')
  }
})

test('a file that does not exist is not cached', async () => {
  const { url } = await start()
  const response = await fetch(`${url}/assets/overview-OLD.js`)
  expect([response.status, response.headers.get('cache-control')]).toEqual([404, null])
  expect(await response.json()).toMatchObject({ error: { code: 'not_found' } })
})
