import { env, exports } from 'cloudflare:workers'
import { expect } from 'vitest'
import type { AppliedVerdicts } from '../../worker/collect/verdicts/verdictCursor'
import { query, type TestSite } from './setup'
import { storeOf } from './store'

export const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0'
export const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'
export const HETZNER = { asn: 24940, asOrganization: 'Hetzner Online GmbH' }

export interface Sender {
  readonly agent?: string
  readonly address?: string
  readonly cf?: Readonly<Record<string, unknown>>
}

export const send = async (
  site: TestSite,
  { agent = FIREFOX, address = '192.0.2.1', cf = {} }: Sender,
  ...records: Record<string, unknown>[]
) => {
  const response = await exports.default.fetch('https://stats.example/v1/e', {
    cf,
    method: 'POST',
    headers: { 'content-type': 'text/plain', 'user-agent': agent, 'cf-connecting-ip': address },
    body: JSON.stringify({
      v: 1,
      s: site.domain,
      n: Date.now(),
      e: records.map(record => ({ t: Date.now(), u: `https://${site.domain}/`, ...record })),
    }),
  })
  expect(response.status).toBe(204)
  return response.headers.get('x-footfall-dropped')
}

export const call = async <T>({ domain }: TestSite, method: string, path: string, body?: unknown): Promise<T> => {
  const response = await exports.default.fetch(`https://stats.example/api/v1/sites/${domain}/${path}`, {
    method,
    headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  expect(response.status).toBe(200)
  return response.json<T>()
}

/** All steps; how many page views and events they counted and excluded. */
export const apply = async (site: TestSite): Promise<[counted: number, excluded: number]> => {
  let [counted, excluded] = [0, 0]
  let cursor: AppliedVerdicts['next'] = null
  do {
    const step: AppliedVerdicts = await call(site, 'POST', 'excluded/apply', { cursor })
    counted += step.counted
    excluded += step.excluded
    cursor = step.next
  } while (cursor !== null)
  return [counted, excluded]
}

interface Group {
  readonly verdicts: readonly string[]
  readonly page: string
  readonly network: string
  readonly agent: string
  readonly requests: number
  readonly kept: number
  readonly counted: boolean
}

export const listed = async (site: TestSite): Promise<Group[]> =>
  (await call<{ rows: Group[] }>(site, 'GET', 'excluded?period=7d')).rows

const METRICS = ['pageviews', 'visitors', 'sessions', 'events', 'orders', 'revenue', 'session_duration'] as const

export const figures = async (site: TestSite): Promise<unknown> => {
  const { rows } = await query(site, { metrics: [...METRICS], period: '7d' })
  const values = Object.entries(rows[0]?.metrics ?? {}).map(([name, { value }]) => [name, value])
  const { rows: pages } = await query(site, { metrics: ['pageviews'], dimensions: ['page'], period: '7d' })
  return { ...Object.fromEntries(values), pages: pages.map(row => [row.dimensions, row.metrics.pageviews?.value]) }
}

export const rowsOf = async (site: TestSite, table: string): Promise<Record<string, unknown>[]> =>
  (
    await (
      await storeOf(site)
    )
      .prepare(`select * from ${table} where site = (select id from sites where domain = ?1)`)
      .bind(site.domain)
      .all()
  ).results
