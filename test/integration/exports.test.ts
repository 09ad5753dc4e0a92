import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { EXPORT_TABLES } from '../../worker/exports/exportTables'
import worker from '../../worker/index'
import { clockByHand } from './clockByHand'
import { QUERIES } from './d1Limits'
import { type ExportedRow, exportedRows, fetchExport, linesOf } from './exportedRows'
import { interceptedDatabase } from './interceptedDatabase'
import { limitedDatabase } from './limitedDatabase'
import { createSite, deleteSite, post, type TestSite } from './setup'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const START = Date.UTC(2026, 2, 10, 10)
const URL_OF_PAGE = 'https://shop.example/'

clockByHand(START + 3 * DAY)

const shop = async (): Promise<TestSite> => {
  const site = await createSite({ timezone: 'Pacific/Auckland', currency: 'EUR' })
  const goods = { currency: 'EUR', value: 40.5, items: [{ item_id: 'MUG', price: 20.25, quantity: 2 }] }
  const order = { ...goods, transaction_id: 'T1', tax: 3.5 }
  await post(site, [
    { name: 'page_view', user_id: 'u_42', time: START, url: `${URL_OF_PAGE}=1+1`, engaged_seconds: 12 },
    { name: 'add_to_cart', user_id: 'u_42', time: START + MINUTE, url: URL_OF_PAGE, ...goods },
    { name: 'purchase', user_id: 'u_42', time: START + 2 * MINUTE, ...order, properties: { plan: 'pro' } },
    { name: 'page_view', visitor_id: 'b', time: START + DAY, url: URL_OF_PAGE },
    { name: 'refund', visitor_id: 'b', time: START + 2 * DAY, transaction_id: 'T1' },
  ])
  return site
}

test('a row has every column of its table, with local days, seconds and major units', async () => {
  const site = await shop()
  for (const { name, columns } of EXPORT_TABLES) {
    const [row] = await exportedRows(site, name, '30d')
    expect(Object.keys(row ?? {})).toEqual(columns.map(column => column.name))
  }
  const [view, other] = await exportedRows(site, 'pageviews', '30d')
  expect(view).toMatchObject({
    day: '2026-03-10',
    page: '/=1+1',
    engaged_seconds: 12,
    persistent: true,
    channel: 'Direct',
  })
  expect(other).toMatchObject({ time: '2026-03-11T10:00:00.000Z', scroll_percent: null })
  const [session] = await exportedRows(site, 'sessions', '30d')
  expect(session).toMatchObject({
    session: view?.session,
    page_views: 1,
    actions: 2,
    has_purchase: true,
    bounced: false,
  })
  const [order] = await exportedRows(site, 'orders', '30d')
  expect(order).toMatchObject({ value: 40.5, tax: 3.5, refunded: 40.5, confirmed: true, properties: { plan: 'pro' } })
  expect(order?.session).toBe(view?.session)
  const events = await exportedRows(site, 'events', '30d')
  expect(events.find(({ name }) => name === 'refund')).toMatchObject({ value: 40.5, session: null, active: false })
})

test('an export names nobody: its pseudonyms are those of the site, and gone with an erased person', async () => {
  const [site, other] = [await shop(), await shop()]
  const visitors = (rows: readonly ExportedRow[]) => rows.map(({ visitor }) => visitor)
  const [views, sessions] = [await exportedRows(site, 'pageviews', '30d'), await exportedRows(site, 'sessions', '30d')]
  expect(visitors(views)).toEqual(visitors(sessions))
  expect(visitors(await exportedRows(other, 'pageviews', '30d'))).not.toEqual(visitors(views))
  const stored = await env.DB.prepare('select visitor from views').all<{ visitor: number }>()
  for (const { visitor } of stored.results) expect(JSON.stringify(views)).not.toContain(String(Math.abs(visitor)))
  const headers = { authorization: `Bearer ${env.ADMIN_TOKEN}` }
  const url = `https://stats.example/api/v1/sites/${site.domain}/users/u_42`
  await worker.fetch(new Request(url, { method: 'DELETE', headers }), env, {} as ExecutionContext)
  expect(visitors(await exportedRows(site, 'pageviews', '30d'))).toEqual(visitors(views).slice(1))
})

test('a session that can go on is not exported, its page views are', async () => {
  const site = await createSite()
  await post(site, [{ name: 'page_view', visitor_id: 'a', time: Date.now() - MINUTE, url: URL_OF_PAGE }])
  expect(await exportedRows(site, 'sessions', 'today')).toEqual([])
  expect((await exportedRows(site, 'pageviews', 'today')).map(({ session }) => typeof session)).toEqual(['string'])
  vi.setSystemTime(Date.now() + HOUR)
  expect(await exportedRows(site, 'sessions', 'today')).toHaveLength(1)
})

test('CSV is guarded against formulas', async () => {
  const site = await createSite()
  const event = { name: 'search', visitor_id: 'a', time: START, url: URL_OF_PAGE, transaction_id: '=1+1' }
  await post(site, [event])
  const text = await (await fetchExport(site, 'events?format=csv')).text()
  expect(text).toContain(",'=1+1,")
  expect((await fetchExport(site, 'orders?format=csv')).headers.get('content-type')).toBe('text/csv; charset=utf-8')
})

/** An export whose database fails after its first rows breaks off, so that nobody takes it for whole. */
const expectBreak = async ({ domain }: TestSite): Promise<void> => {
  let statements = 0
  const DB = interceptedDatabase(env.DB, (count, run) => {
    statements += count
    if (statements > 25) throw new Error('the database is gone')
    return run(null)
  })
  const headers = { authorization: `Bearer ${env.ADMIN_TOKEN}` }
  const request = new Request(`https://stats.example/api/v1/sites/${domain}/export/pageviews?period=7d`, { headers })
  const response = await worker.fetch(request, { ...env, DB }, {} as ExecutionContext)
  expect(response.status).toBe(200)
  await expect(response.arrayBuffer()).rejects.toThrow()
}

/** Asks for an export as one invocation on the free plan, which may run 50 statements. */
const fetchOnFreePlan = async (path: string): Promise<Response> => {
  const { db, usage } = limitedDatabase(env.DB)
  const headers = { authorization: `Bearer ${env.ADMIN_TOKEN}` }
  const request = new Request(`https://stats.example${path}`, { headers })
  const response = await worker.fetch(request, { ...env, DB: db, PLAN: 'free' }, {} as ExecutionContext)
  const body = await response.arrayBuffer()
  expect(usage.statements).toBeLessThanOrEqual(QUERIES.free)
  return new Response(body, response)
}

test('on the free plan an answer ends early, and the next ones complete it; one that fails breaks off', async () => {
  const site = await createSite()
  // The first 6,000 are of one hour, the others of one day.
  const events = Array.from({ length: 10_400 }, (_, n) => ({
    name: n % 2 === 0 ? 'page_view' : 'search',
    visitor_id: `v${n % 300}`,
    time: START + (n < 6_000 ? n * 500 : HOUR + n * 6_000),
    url: `${URL_OF_PAGE}${n % 90}`,
  }))
  for (let n = 0; n < events.length; n += 5_000) await post(site, events.slice(n, n + 5_000))
  vi.setSystemTime(START + 5 * DAY)
  const path = (table: string) => `/api/v1/sites/${site.domain}/export/${table}?period=7d`
  expect(await (await fetchOnFreePlan(path('pageviews'))).json()).toMatchObject({ error: { code: 'not_settled' } })
  for (const table of ['pageviews', 'events', 'sessions', 'orders']) {
    const all = await exportedRows(site, table, '7d')
    const parts: ExportedRow[][] = []
    for (let url = path(table); url !== ''; ) {
      const response = await fetchOnFreePlan(url)
      parts.push(await linesOf(response))
      url = /<(.*)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1] ?? ''
    }
    expect(parts.flat()).toEqual(all)
    expect([table, parts.length]).toEqual([table, table === 'sessions' ? 1 : 2])
  }
  await expectBreak(site)
  await deleteSite(site)
})

test('an unknown table, format, period or cursor is rejected', async () => {
  const site = await createSite()
  const codes = await Promise.all(
    ['clicks', 'events?format=xlsx', 'events?period=soon', 'events?after=soon'].map(async path => {
      const response = await fetchExport(site, path)
      return [response.status, (await response.json<{ error: { code: string } }>()).error.code]
    }),
  )
  expect(codes).toEqual([
    [404, 'unknown_table'],
    [400, 'bad_format'],
    [400, 'bad_period'],
    [400, 'bad_cursor'],
  ])
})
