import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test, vi } from 'vitest'
import worker from '../../worker/index'
import { browser, send } from './beacons'
import { clockByHand } from './clockByHand'
import { limitedDatabase } from './limitedDatabase'
import { createSite, deleteSite, migrate, post, query, type TestSite } from './setup'
import { storeOf } from './store'

const START = Date.UTC(2026, 2, 10, 10)
const METRICS = ['lcp', 'inp', 'cls']

beforeAll(migrate)
clockByHand(START)

const siteNow = (): Promise<TestSite> => {
  vi.setSystemTime(START)
  return createSite({ timezone: 'UTC' })
}

const ask = async (site: TestSite, question: object = {}) =>
  (await query(site, { metrics: METRICS, period: { from: '2026-03-10', to: '2026-03-10' }, ...question })).rows

const storedIn = async (site: TestSite) => {
  const { results } = await (await storeOf(site))
    .prepare('select seen, lcp, inp, cls from views order by seen, lcp')
    .all()
  return results
}

test('vitals arrive with the totals of a page view, in any order', async () => {
  const begun = { i: 1, t: START, m: 0, c: 0 }
  const left = { i: 1, t: START, m: 5_000, d: 50, c: 1, l: 2_400.4, n: 184, s: 0.12345 }
  // From the fiftieth interaction on, the slowest is ignored.
  const again = { ...left, m: 90_000, c: 60, n: 96, s: 0.2 }
  for (const records of [
    [begun, left, again],
    [again, begun, left],
    [left, again, begun],
  ]) {
    const site = await siteNow()
    vi.setSystemTime(START + 120_000)
    for (const record of records) await send(site, browser(1), record)
    expect(await storedIn(site)).toEqual([{ seen: 90_000, lcp: 2_400, inp: 96, cls: 2_000 }])
    await deleteSite(site)
  }
})

test('a page view without vitals is not part of the percentile, and the reason names the module', async () => {
  const site = await siteNow()
  vi.setSystemTime(START + 60_000)
  await send(site, browser(1), { i: 1, t: START, m: 5_000, d: 50, c: 1 })
  for (const metric of METRICS) {
    expect((await ask(site))[0]?.metrics[metric]).toMatchObject({
      value: null,
      status: 'needs_input',
      reason: expect.stringContaining('data-modules="vitals"'),
    })
  }
  await send(site, browser(2), { i: 2, t: START, m: 5_000, d: 50, c: 1, l: 900 })
  expect((await ask(site))[0]?.metrics).toMatchObject({ lcp: { value: 0.9, denominator: 1 }, inp: { value: null } })
  await deleteSite(site)
})

test('the 75th percentile has an interval, by page and by device', async () => {
  const site = await siteNow()
  const views = Array.from({ length: 20 }, (_, n) => ({
    id: `v${n}`,
    name: 'page_view',
    visitor_id: `v${n}`,
    time: START,
    url: `https://${site.domain}${n < 4 ? '/slow' : '/'}`,
    user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
    lcp: n < 4 ? 9 : n / 10,
    inp: 0.2,
    cls: 0.05,
  }))
  await post(site, views)
  vi.setSystemTime(START + 60_000)
  const [all] = await ask(site)
  // In ascending order 0.4, 0.5 … 1.9, and 9 four times: the 15th and the 16th, between the 11th and the 19th.
  expect(all?.metrics.lcp).toMatchObject({ value: 1.85, interval: [1.4, 9], denominator: 20, status: 'ok' })
  const byPage = await ask(site, { dimensions: ['page'] })
  expect(byPage.map(({ dimensions, metrics }) => [dimensions?.page, metrics.lcp?.value])).toEqual(
    expect.arrayContaining([
      ['/slow', 9],
      ['/', 1.55],
    ]),
  )
  expect((await ask(site, { dimensions: ['device'] })).map(({ dimensions }) => dimensions?.device)).toEqual(['desktop'])
  await deleteSite(site)
})

test('no further row is written for a page view with vitals', async () => {
  const rowsOf = async (vitals: object) => {
    const site = await siteNow()
    const { db, usage } = limitedDatabase(env.DB)
    const beacon = (record: object) =>
      new Request('https://stats.example/v1/e', {
        method: 'POST',
        headers: { 'content-type': 'text/plain', 'user-agent': browser(1).agent, 'cf-connecting-ip': '192.0.2.1' },
        body: JSON.stringify({
          v: 1,
          s: site.domain,
          n: Date.now(),
          e: [{ u: `https://${site.domain}/`, i: 1, t: START, ...record }],
        }),
      })
    await worker.fetch(beacon({ m: 0, c: 0 }), { ...env, DB: db }, createExecutionContext())
    vi.setSystemTime(START + 60_000)
    await worker.fetch(beacon({ m: 5_000, d: 50, c: 1, ...vitals }), { ...env, DB: db }, createExecutionContext())
    const { rowsWritten } = usage
    await deleteSite(site)
    return rowsWritten
  }
  const without = await rowsOf({})
  expect(without).toBeGreaterThan(1)
  expect(await rowsOf({ l: 2_400, n: 184, s: 0.1 })).toBe(without)
})
