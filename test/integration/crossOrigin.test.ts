import { env, exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { routes } from '../../worker/routes'
import { migrate } from './setup'

beforeAll(migrate)

/** The headers that a browser checks for a page of another site, before it sends a request and when it reads the answer. */
const allowedTo = async (method: string, path: string): Promise<(string | null)[]> => {
  const headers = {
    origin: 'https://evil.example',
    'access-control-request-method': method,
    'access-control-request-headers': 'authorization, content-type',
  }
  const url = `https://stats.example${path.replace(':domain', 'shop.example').replace(/:\w+/g, '1')}`
  const asked = await exports.default.fetch(url, { method: 'OPTIONS', headers })
  const sent = await exports.default.fetch(url, {
    method,
    redirect: 'manual',
    headers: { origin: 'https://evil.example', authorization: `Bearer ${env.ADMIN_TOKEN}` },
    ...(method === 'POST' || method === 'PATCH' ? { body: '{}' } : {}),
  })
  const names = ['access-control-allow-origin', 'access-control-allow-credentials', 'access-control-allow-headers']
  await Promise.all([asked, sent].map(response => response.arrayBuffer()))
  return [asked, sent].flatMap(({ headers }) => names.map(name => headers.get(name)))
}

const NOTHING = Array.from({ length: 6 }, () => null)

test('a page of another site may send beacons, without cookies, and read nothing else', async () => {
  const open: string[] = []
  for (const { method, path } of routes) {
    if (method === 'OPTIONS') continue
    const allowed = await allowedTo(method, path)
    if (path === '/v1/e') expect(allowed).toEqual(['*', null, 'authorization,content-type', '*', null, null])
    else expect([method, path, allowed]).toEqual([method, path, NOTHING])
    open.push(path)
  }
  expect(open).toContain('/v1/e')
  expect(open.length).toBeGreaterThan(30)
})
