import { createExecutionContext } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { LIMITS } from '../../shared/limits'
import worker from '../../worker/index'
import { browser } from './beacons'
import { createSite, deleteSite, migrate, patchSite, query, type TestSite } from './setup'
import { unsteadyDatabase } from './unsteadyDatabase'

beforeAll(migrate)

let site: TestSite
beforeEach(async () => {
  site = await createSite({ settings: { hostnames: ['checkout.example'] } })
})
afterEach(async () => {
  vi.useRealTimers()
  await deleteSite(site)
})

const { agent, address } = browser(1)
let records = 0

const requestOf = (s: unknown, url: string, headers: Record<string, string> = {}): Request => {
  records += 1
  return new Request('https://stats.example/v1/e', {
    method: 'POST',
    headers: { 'user-agent': agent, 'cf-connecting-ip': address, ...headers },
    body: JSON.stringify({ v: 1, s, n: Date.now(), e: [{ i: records, t: Date.now(), u: url }] }),
  })
}

const view = async (s: unknown, url: string, headers: Record<string, string> = {}): Promise<string | number> => {
  const response = await exports.default.fetch(requestOf(s, url, headers))
  return response.ok ? response.status : (await response.json<{ error: { code: string } }>()).error.code
}

const pagesOf = async (at: TestSite): Promise<unknown[]> =>
  (await query(at, { metrics: ['pageviews'], period: 'today', dimensions: ['hostname'] })).rows.map(
    ({ dimensions, metrics }) => [dimensions?.hostname, metrics.pageviews?.value],
  )

describe('a tag without data-site counts for the site', () => {
  test('of the host of the page, a host below it, or a host of its settings', async () => {
    const hosts = [site.domain, `www.${site.domain}`, `a.b.${site.domain}`, 'checkout.example', 'www.checkout.example']
    for (const host of hosts) expect([host, await view(undefined, `https://${host}/`)]).toEqual([host, 204])
    expect((await pagesOf(site)).toSorted()).toEqual(hosts.map(host => [host, 1]).toSorted())
  })

  test('whether the site is absent, null or empty', async () => {
    for (const s of [undefined, null, '']) expect(await view(s, `https://${site.domain.toUpperCase()}:8443/`)).toBe(204)
    expect(await pagesOf(site)).toEqual([[site.domain, 3]])
  })

  test('that is nearest, where a host below is a site of its own', async () => {
    const blog = await exports.default.fetch('https://stats.example/api/v1/sites', {
      method: 'POST',
      headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
      body: JSON.stringify({ domain: `blog.${site.domain}` }),
    })
    expect(blog.status).toBe(201)
    expect(await view(undefined, `https://www.blog.${site.domain}/`)).toBe(204)
    expect(await pagesOf(site)).toEqual([])
  })

  test('that is added or changed a moment ago', async () => {
    expect(await view(undefined, 'https://new.example/')).toBe('unknown_site')
    await patchSite(site, { settings: { hostnames: ['new.example'] } })
    expect(await view(undefined, 'https://new.example/')).toBe(204)
    await patchSite(site, { settings: { hostnames: [] } })
    expect(await view(undefined, 'https://new.example/')).toBe('unknown_site')
  })

  test('and for no other', async () => {
    for (const host of [`evil${site.domain}`, `${site.domain}.evil.example`, 'example', 'evilcheckout.example']) {
      expect([host, await view(undefined, `https://${host}/`)]).toEqual([host, 'unknown_site'])
    }
    for (const url of ['', '/cart', 'about:blank', null as never])
      expect(await view(undefined, url)).toBe('unknown_site')
    const origin = `https://evil${site.domain}`
    expect(await view(undefined, `https://${site.domain}/`, { origin })).toBe('foreign_hostname')
  })

  test('at one statement in ten seconds more, and one a second for hosts of no site', async () => {
    const { db, state } = unsteadyDatabase(env.DB, () => null)
    const start = Date.now()
    const callsAt = async (after: number, host: string): Promise<number> => {
      vi.setSystemTime(start + after)
      const before = state.calls
      await worker.fetch(requestOf(undefined, `https://${host}/`), { ...env, DB: db }, createExecutionContext())
      return state.calls - before
    }
    const first = await callsAt(0, site.domain)
    expect(await callsAt(100, site.domain)).toBe(1)
    expect(await callsAt(9_000, site.domain)).toBe(1)
    expect(first).toBeGreaterThan(1)
    // One of the calls counts the rejected beacon.
    const unknown = [10_000, 10_100, 10_900, 11_001, 11_500]
    const calls: number[] = []
    for (const after of unknown) calls.push(await callsAt(after, 'nobody.example'))
    expect(calls).toEqual([2, 1, 1, 2, 1])
  })
})

test('the name of a site may have capitals, spaces around it and umlauts', async () => {
  const umlaut = await exports.default.fetch('https://stats.example/api/v1/sites', {
    method: 'POST',
    headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
    body: JSON.stringify({ domain: 'bücher.example' }),
  })
  expect(umlaut.status).toBe(201)
  expect(await view(` ${site.domain.toUpperCase()} `, `https://${site.domain}/`)).toBe(204)
  expect(await view('Bücher.example', 'https://bücher.example/')).toBe(204)
  expect(await view('https://nobody.example/', `https://${site.domain}/`)).toBe('unknown_site')
  expect(await pagesOf(site)).toEqual([[site.domain, 1]])
})

test('a host that merely ends like that of the site is foreign to it', async () => {
  for (const host of [`evil${site.domain}`, `evil-${site.domain}`, 'evilcheckout.example']) {
    expect([host, await view(site.domain, `https://${host}/`)]).toEqual([host, 'foreign_hostname'])
    expect(await view(site.domain, `https://${site.domain}/`, { origin: `https://${host}` })).toBe('foreign_hostname')
  }
})

describe('an address of more than 4,000 characters', () => {
  test('loses the parameters that do not fit, and keeps its campaign and its route', async () => {
    const state = `state=${'x'.repeat(LIMITS.url)}`
    expect(await view(site.domain, `https://${site.domain}/app?${state}&utm_source=news#/orders`)).toBe(204)
    const { rows } = await query(site, { metrics: ['sessions'], period: 'today', dimensions: ['source', 'entry_page'] })
    expect(rows.map(({ dimensions }) => dimensions)).toEqual([{ source: 'news', entry_page: '/app#/orders' }])
  })

  test('is rejected when it has no query that is too long', async () => {
    expect(await view(site.domain, `https://${site.domain}/${'x'.repeat(LIMITS.url)}?a=1`)).toBe('url_too_long')
  })
})
