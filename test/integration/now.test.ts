import { env, exports } from 'cloudflare:workers'
import { beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { browser, send } from './beacons'
import { createSite, deleteSite, migrate, post, type TestSite } from './setup'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

let site: TestSite

beforeAll(migrate)
beforeEach(async () => {
  site = await createSite()
  onTestFinished(() => deleteSite(site))
})

const ask = (token: string, domain = site.domain) =>
  exports.default.fetch(`https://stats.example/api/v1/sites/${domain}/now`, {
    headers: { authorization: `Bearer ${token}` },
  })

interface Now {
  readonly visitors: number
  readonly events: readonly Record<string, unknown>[]
}

const now = async (): Promise<Now> => (await ask(site.read)).json()

const view = (visitor: string, ago: number, more = {}) => ({
  name: 'page_view',
  visitor_id: visitor,
  time: Date.now() - ago,
  url: `https://${site.domain}/`,
  ...more,
})

test('a new site has no visitors and no events', async () => {
  expect(await now()).toEqual({ visitors: 0, events: [] })
})

test('people active in the last five minutes count once, including those who still viewed a page', async () => {
  await post(site, [
    view('ada', 4 * MINUTE),
    view('ada', MINUTE),
    view('bo', 6 * MINUTE),
    view('cy', 20 * MINUTE, { engaged_seconds: 16 * 60 }),
    { name: 'chat_opened', visitor_id: 'dee', time: Date.now() - MINUTE },
    { name: 'email_sent', visitor_id: 'eve', time: Date.now() - MINUTE },
  ])
  expect((await now()).visitors).toBe(3)
})

test('a user on two devices counts once', async () => {
  await post(site, [
    view('phone', MINUTE, { user_id: 'ada' }),
    view('desk', MINUTE, { user_id: 'ada' }),
    view('phone', 2 * MINUTE),
  ])
  expect((await now()).visitors).toBe(1)
})

test('a visitor without a persistent id who stays past midnight counts once', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-01T23:59:00Z') })
  onTestFinished(() => void vi.useRealTimers())
  await send(site, browser(1), { i: 1, t: Date.now() })
  vi.setSystemTime(Date.parse('2026-03-02T00:01:00Z'))
  await send(site, browser(1), { i: 2, t: Date.now() })
  await send(site, browser(2), { i: 3, t: Date.now() })
  expect((await now()).visitors).toBe(2)
})

test('the latest events are listed newest first, without visitor data', async () => {
  await post(site, [
    view('ada', 3 * MINUTE, {
      url: `https://${site.domain}/mugs?utm_source=google&utm_medium=cpc&utm_campaign=winter`,
      country: 'SE',
      user_agent:
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1',
      user_id: 'u_1',
    }),
    { name: 'chat_opened', visitor_id: 'ada', time: Date.now() - 2 * MINUTE, properties: { plan: 'secret' } },
    view('bo', MINUTE),
    view('bo', 3 * HOUR),
    view('cy', -10 * MINUTE),
  ])
  const { events } = await now()
  expect(events.map(({ name, path, channel, country, device }) => [name, path, channel, country, device])).toEqual([
    ['page_view', '/', null, null, null],
    ['chat_opened', null, null, null, null],
    ['page_view', '/mugs', 'Paid search', 'SE', 'mobile'],
  ])
  const [newest] = events
  expect(Object.keys(newest ?? {}).sort()).toEqual([
    'channel',
    'country',
    'device',
    'name',
    'path',
    'seconds_ago',
    'time',
  ])
  expect(newest?.seconds_ago).toBeGreaterThanOrEqual(60)
  expect(newest?.seconds_ago).toBeLessThan(120)
})

test('at most 30 are listed, and none of another site', async () => {
  const other = await createSite()
  onTestFinished(() => deleteSite(other))
  await post(other, [view('ada', MINUTE)])
  expect(await now()).toEqual({ visitors: 0, events: [] })
  await post(
    site,
    Array.from({ length: 40 }, (_, n) => view(`v${n}`, (n + 1) * 1000, { url: `https://${site.domain}/${n}` })),
  )
  const { visitors, events } = await now()
  expect(visitors).toBe(40)
  expect(events.map(({ path }) => path)).toEqual(Array.from({ length: 30 }, (_, n) => `/${n}`))
})

test('only a read key of the site and the admin token open it', async () => {
  const other = await createSite()
  onTestFinished(() => deleteSite(other))
  const statuses = async (tokens: readonly string[]) =>
    Promise.all(tokens.map(async token => (await ask(token)).status))
  expect(await statuses([site.read, env.ADMIN_TOKEN, site.write, other.read, 'nonsense'])).toEqual([
    200, 200, 403, 403, 401,
  ])
})

test('it reads the events of two hours at most', async () => {
  await post(
    site,
    Array.from({ length: 300 }, (_, n) => view(`v${n}`, 3 * HOUR + n * 1000)),
  )
  await post(site, [view('ada', MINUTE)])
  const prepare = vi.spyOn(env.DB, 'batch')
  onTestFinished(() => prepare.mockRestore())
  await now()
  const read = (await Promise.all(prepare.mock.results.map(({ value }) => value)))
    .flat()
    .reduce((sum, result) => sum + result.meta.rows_read, 0)
  expect(read).toBeGreaterThan(0)
  expect(read).toBeLessThan(30)
})
