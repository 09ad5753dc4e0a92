import { env, exports } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { browser } from './beacons'
import { clockByHand } from './clockByHand'
import { createSite, patchSite, query, settle, type TestSite } from './setup'

clockByHand(Date.UTC(2026, 2, 10, 12))

/** Ways in which a browser says that it has Global Privacy Control. */
const WAYS = [
  ['by a header', { 'sec-gpc': '1' }, {}],
  ['by the script', {}, { p: true }],
] as const

const PERSISTENT = '0.12345678901'

const send = async (site: TestSite, headers: object, more: object, record: object = {}): Promise<string | null> => {
  const { agent, address } = browser(1)
  const response = await exports.default.fetch('https://stats.example/v1/e', {
    method: 'POST',
    headers: { 'user-agent': agent, 'cf-connecting-ip': address, ...headers },
    body: JSON.stringify({
      v: 1,
      s: site.domain,
      n: Date.now(),
      ...more,
      e: [{ i: 1, t: Date.now(), u: `https://${site.domain}/`, ...record }],
    }),
  })
  expect(response.status).toBe(204)
  return response.headers.get('x-footfall-dropped')
}

const visitorsIn = async ({ domain }: TestSite, table: 'views' | 'events' | 'identities'): Promise<number[]> => {
  const sql = `select visitor from ${table} where site = (select id from sites where domain = ?1)`
  return (await env.DB.prepare(sql).bind(domain).all<{ visitor: number }>()).results.map(({ visitor }) => visitor)
}

const shares = async (site: TestSite) => {
  const { rows } = await query(site, { metrics: ['visitors'], period: 'today', dimensions: ['gpc'] })
  return Object.fromEntries(rows.map(({ dimensions, metrics }) => [dimensions?.gpc, metrics.visitors?.value]))
}

test.each(WAYS)('a visitor with Global Privacy Control, %s, is counted for the day only', async (_, headers, more) => {
  const site = await createSite()
  expect(await send(site, headers, { p: PERSISTENT, ...more })).toBe(null)
  expect(await send(site, headers, { p: PERSISTENT, ...more }, { i: 2, k: 'login', o: { user_id: 'u_42' } })).toBe(null)
  expect(await send(site, headers, { p: PERSISTENT, ...more }, { i: 3, k: 'identify', o: { user_id: 'u_42' } })).toBe(
    'gpc:identify',
  )
  const visitors = [...(await visitorsIn(site, 'views')), ...(await visitorsIn(site, 'events'))]
  expect(visitors.map(visitor => visitor > 0)).toEqual([true, true])
  expect(new Set(visitors).size).toBe(1)
  expect(await visitorsIn(site, 'identities')).toEqual([])
  expect(await shares(site)).toEqual({ yes: 1 })
  await send(site, {}, { p: PERSISTENT }, { i: 4 })
  await settle()
  expect(await shares(site)).toEqual({ yes: 1, no: 1 })
})

test.each(WAYS)('settings.gpc = "drop" leaves them out, %s', async (_, headers, more) => {
  const site = await createSite()
  await patchSite(site, { settings: { gpc: 'drop' } })
  expect(await send(site, headers, more)).toBe('gpc')
  expect(await send(site, {}, {}, { i: 2 })).toBe(null)
  expect(await shares(site)).toEqual({ no: 1 })
})
