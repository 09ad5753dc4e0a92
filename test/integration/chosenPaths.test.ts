import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { RESERVED_SEGMENTS } from '../../shared/collectorPaths'
import worker from '../../worker/index'
import { routes } from '../../worker/routes'
import { browser } from './beacons'
import { createSite, migrate, query, type TestSite } from './setup'

beforeAll(migrate)

const CHOSEN = { SCRIPT_PATH: '/hello.js', ENDPOINT_PATH: '/hi' }

const ask = async (path: string, init: RequestInit = {}, variables: object = CHOSEN): Promise<Response> => {
  const context = createExecutionContext()
  const request = new Request(`https://stats.example${path}`, init as RequestInit<IncomingRequestCfProperties>)
  const response = await worker.fetch(request, { ...env, ...variables }, context)
  await waitOnExecutionContext(context)
  return response
}

const admin = { headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` } }

const signedIn = async (): Promise<string> => {
  const body = new URLSearchParams({ token: env.ADMIN_TOKEN, to: '/' })
  const response = await ask('/login', { method: 'POST', headers: { origin: 'https://stats.example' }, body })
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

const send = ({ domain }: TestSite, path: string, variables?: object): Promise<Response> => {
  const { agent, address } = browser(1)
  const record = { i: Math.floor(Math.random() * 1e9), t: Date.now(), u: `https://${domain}/` }
  return ask(
    path,
    {
      method: 'POST',
      headers: { 'user-agent': agent, 'cf-connecting-ip': address },
      body: JSON.stringify({ v: 1, s: domain, n: Date.now(), e: [record] }),
    },
    variables,
  )
}

test('no chosen path can begin like a route: RESERVED_SEGMENTS has the first segment of each', () => {
  const segments = routes.map(({ path }) => path.split('/')[1] ?? '').filter(segment => segment !== '')
  expect(segments.filter(segment => !RESERVED_SEGMENTS.includes(segment))).toEqual([])
})

test('beacons are stored at the chosen endpoint and at the standard one, with one slash before it or two', async () => {
  const site = await createSite()
  for (const path of ['/hi', '//hi', '/hi?v=1', '/v1/e', '//v1/e']) expect((await send(site, path)).status).toBe(204)
  const { rows } = await query(site, { metrics: ['pageviews'], period: 'all' })
  expect(rows[0]?.metrics.pageviews?.value).toBe(5)
  const preflight = await ask('/hi', { method: 'OPTIONS', headers: { 'access-control-request-method': 'POST' } })
  expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
})

test('an endpoint that nobody chose, or that cannot be chosen, is no address', async () => {
  const site = await createSite()
  expect((await send(site, '/hi', {})).status).toBe(404)
  expect((await send(site, '/hi/x')).status).toBe(404)
  expect((await send(site, '//api/v1/sites')).status).toBe(404)
  expect((await send(site, '/login/x', { ENDPOINT_PATH: '/login/x' })).status).toBe(404)
})

test('the tag of a site, the description of the API, the demo shop and the page Installation name the chosen paths', async () => {
  const { domain } = await createSite()
  const site: { tag: string } = await (await ask(`/api/v1/sites/${domain}`, admin)).json()
  expect(site.tag).toBe(`<script defer src="https://stats.example/hello.js" data-site="${domain}"></script>`)
  const { paths }: { paths: Record<string, object> } = await (await ask('/api/v1/openapi.json')).json()
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/hello.js', '/v.js', '/m/{module}.js', '/hi']))
  expect(paths).not.toHaveProperty('/s.js')
  expect(await (await ask('/demo/')).text()).toContain('<script defer src="/hello.js"')
  const cookie = await signedIn()
  const page = await (await ask(`/tag?site=${domain}`, { headers: { cookie } })).text()
  expect(page).toContain('src=&quot;https://stats.example/hello.js&quot;')
  expect(page).toContain('&quot;script&quot;:&quot;/hello.js&quot;')
})

test('the doctor reports the paths and what is wrong with them', async () => {
  const doctor = async (variables: object) => {
    const { paths, paths_fault }: Record<string, unknown> = await (await ask('/api/v1/doctor', admin, variables)).json()
    return { paths, paths_fault }
  }
  expect(await doctor(CHOSEN)).toEqual({
    paths: { script: '/hello.js', views: '/v.js', endpoint: '/hi' },
    paths_fault: null,
  })
  expect(await doctor({ SCRIPT_PATH: '/api/x.js' })).toEqual({
    paths: { script: '/s.js', views: '/v.js', endpoint: '/v1/e' },
    paths_fault: {
      code: 'bad_script_path',
      message:
        'SCRIPT_PATH has "/api/x.js", but other addresses of the collector begin like this. Choose another path.',
    },
  })
})
