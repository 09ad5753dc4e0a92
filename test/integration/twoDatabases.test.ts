import { applyD1Migrations, createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import type { Answer } from '../../shared/question'
import worker from '../../worker/index'
import { browser } from './beacons'
import { clockByHand } from './clockByHand'

const DOMAIN = 'shop.example'
const DATABASES = { one: env.DB, other: env.OTHER_DB } as const
type Name = keyof typeof DATABASES
const NAMES = ['one', 'other'] as const

clockByHand(Date.UTC(2026, 2, 10, 12))

const fetchFrom = (name: Name, path: string, init: RequestInit) =>
  worker.fetch(
    new Request(`https://stats.example${path}`, init),
    { ...env, DB: DATABASES[name] },
    createExecutionContext(),
  ) as Promise<Response>

const owner = async <T>(name: Name, path: string, body: unknown): Promise<T> => {
  const headers = { authorization: `Bearer ${env.ADMIN_TOKEN}` }
  const response = await fetchFrom(name, path, { method: 'POST', headers, body: JSON.stringify(body) })
  return response.json<T>()
}

/** Both databases number their sites from 1, so both have a site 1 with this domain and otherwise different data. */
beforeAll(async () => {
  for (const name of NAMES) {
    await applyD1Migrations(DATABASES[name], [...env.TEST_MIGRATIONS])
    const { domain } = await owner<{ domain: string }>(name, '/api/v1/sites', {
      domain: DOMAIN,
      settings: { hostnames: [`${name}.test`] },
    })
    expect(domain).toBe(DOMAIN)
  }
})

/** Each record comes from a browser of its own. */
const send = async (name: Name, id: number, url: string, referrer: string): Promise<number> => {
  const { agent, address } = browser(id)
  const record = { i: id, t: Date.now(), u: url, r: referrer }
  const response = await fetchFrom(name, '/v1/e', {
    method: 'POST',
    headers: { 'user-agent': agent, 'cf-connecting-ip': address },
    body: JSON.stringify({ v: 1, s: DOMAIN, n: Date.now(), e: [record] }),
  })
  return response.status
}

const countedBy = async (name: Name, dimension: string): Promise<Record<string, number | null | undefined>> => {
  const { rows } = await owner<Answer>(name, '/api/v1/query', {
    site: DOMAIN,
    metrics: ['pageviews'],
    dimensions: [dimension],
    period: 'today',
  })
  return Object.fromEntries(rows.map(row => [row.dimensions?.[dimension], row.metrics.pageviews?.value]))
}

const visitorIn = async (name: Name): Promise<number> =>
  (await DATABASES[name].prepare('select visitor from views where id = 1').first<number>('visitor')) ?? 0

const page = (path: string): string => `https://${DOMAIN}${path}`

test('two databases in one isolate have their own settings, dictionaries and salts', async () => {
  // The first values of each get the same numbers, and are then sent to the other.
  expect(await send('one', 1, page('/cups'), 'https://www.bing.com/')).toBe(204)
  expect(await send('other', 1, page('/plates'), 'https://www.facebook.com/')).toBe(204)
  expect(await send('other', 2, page('/cups'), 'https://www.bing.com/')).toBe(204)
  expect(await send('one', 2, page('/spoons'), '')).toBe(204)
  expect(await countedBy('one', 'page')).toEqual({ '/cups': 1, '/spoons': 1 })
  expect(await countedBy('other', 'page')).toEqual({ '/plates': 1, '/cups': 1 })
  expect(await countedBy('one', 'source')).toMatchObject({ Bing: 1 })
  expect(await countedBy('other', 'source')).toEqual({ Facebook: 1, Bing: 1 })
  expect(await visitorIn('one')).not.toBe(await visitorIn('other'))
  expect(await send('one', 3, 'https://one.test/', '')).toBe(204)
  expect(await send('other', 3, 'https://one.test/', '')).toBe(403)
  expect(await send('other', 3, 'https://other.test/', '')).toBe(204)
})
