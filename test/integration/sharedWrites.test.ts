import { createExecutionContext } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import worker from '../../worker/index'
import { browser } from './beacons'
import { createSite, migrate, type TestSite } from './setup'
import { unsteadyDatabase } from './unsteadyDatabase'

beforeAll(migrate)

/** Sends a record from each of some browsers at once, and returns the calls of the database and the statuses. */
const sendAtOnce = async (site: TestSite, records: readonly { from: number; record: object }[]) => {
  const { db, state } = unsteadyDatabase(env.DB, () => null)
  const responses = records.map(({ from, record }) => {
    const { agent, address } = browser(from)
    const e = [{ t: Date.now(), u: `https://${site.domain}/`, ...record }]
    const request = new Request('https://stats.example/v1/e', {
      method: 'POST',
      headers: { 'user-agent': agent, 'cf-connecting-ip': address },
      body: JSON.stringify({ v: 1, s: site.domain, n: Date.now(), e }),
    })
    return worker.fetch(request, { ...env, DB: db }, createExecutionContext())
  })
  return { statuses: (await Promise.all(responses)).map(({ status }) => status), calls: state.calls }
}

const storedViews = async ({ domain }: TestSite) =>
  (
    await env.DB.prepare(
      'select id, seen from views where site = (select id from sites where domain = ?1) order by id, visitor',
    )
      .bind(domain)
      .all<{ id: number; seen: number }>()
  ).results

test('beacons that arrive together share round trips, and each page view is stored once', async () => {
  const site = await createSite()
  await sendAtOnce(site, [{ from: 0, record: { i: 1_000 } }])
  const records = Array.from({ length: 40 }, (_, n) => ({ from: n, record: { i: n + 1 } }))
  const { statuses, calls } = await sendAtOnce(site, records)
  expect(new Set(statuses)).toEqual(new Set([204]))
  expect(calls).toBeLessThan(20)
  expect((await storedViews(site)).map(({ id }) => id)).toEqual([...records.keys()].map(n => n + 1).concat(1_000))
})

test('the beginning and the end of one page view that arrive together are one page view', async () => {
  const site = await createSite()
  await sendAtOnce(site, [{ from: 0, record: { i: 1_000 } }])
  const again = { from: 1, record: { i: 1, t: Date.now() - 20_000, m: 20_000, d: 80, c: 2 } }
  const began = { from: 1, record: { i: 1, t: again.record.t } }
  const { statuses } = await sendAtOnce(site, [{ from: 2, record: { i: 2 } }, began, again, began, again])
  expect(new Set(statuses)).toEqual(new Set([204]))
  expect(await storedViews(site)).toEqual([
    { id: 1, seen: 20_000 },
    { id: 2, seen: 0 },
    { id: 1_000, seen: 0 },
  ])
})

test('requests that have nothing in common but the isolate share writes, and none hangs', async () => {
  const site = await createSite()
  for (let round = 0; round < 10; round++) {
    const responses = Array.from({ length: 20 }, (_, n) => {
      const { agent, address } = browser(n)
      const e = [{ i: round * 20 + n, t: Date.now(), u: `https://${site.domain}/${round}/${n}` }]
      return exports.default.fetch('https://stats.example/v1/e', {
        method: 'POST',
        headers: { 'user-agent': agent, 'cf-connecting-ip': address },
        body: JSON.stringify({ v: 1, s: site.domain, n: Date.now(), e }),
      })
    })
    expect(new Set((await Promise.all(responses)).map(({ status }) => status))).toEqual(new Set([204]))
  }
  expect((await storedViews(site)).map(({ id }) => id)).toEqual([...Array(200).keys()])
})
