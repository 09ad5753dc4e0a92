import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { CLIENT_SHARE, LIMITS, TEXTS_A_DAY } from '../../../shared/limits'
import { browser, send } from '../../integration/beacons'
import { clockByHand } from '../../integration/clockByHand'
import { createSite, post, query, type TestSite } from '../../integration/setup'

const DAY = 86_400_000
const MIDDAY = Date.UTC(2026, 2, 10, 12)
const MANY = 100_000
const { recordsPerBeacon: EACH } = LIMITS

clockByHand(MIDDAY)

const rows = async (table: string, { domain }: TestSite): Promise<number> => {
  const sql = `select count(*) as n from ${table} where site = (select id from sites where domain = ?1)`
  return (await env.DB.prepare(sql).bind(domain).first<{ n: number }>())?.n ?? 0
}

/** The count of each value of a dimension. */
const counts = async (site: TestSite, dimension: string, metric: string): Promise<Record<string, number>> => {
  const { rows } = await query(site, { metrics: [metric], period: 'all', dimensions: [dimension], limit: 1_000 })
  return Object.fromEntries(rows.map(row => [row.dimensions?.[dimension], row.metrics[metric]?.value ?? 0]))
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index)

/** Views of many pages, one beacon each, by few browsers over some hours. */
const flood = async (site: TestSite, from: number, to: number) => {
  for (let first = from; first < to; first += EACH * 20) {
    vi.setSystemTime(Date.now() + 10_000)
    await Promise.all(
      range(0, 20).map(n =>
        send(
          site,
          browser(1 + n),
          ...range(first + n * EACH, first + (n + 1) * EACH).map(i => ({
            i,
            t: Date.now(),
            u: `https://${site.domain}/p${i}?utm_source=s${i}&utm_medium=cpc`,
          })),
        ),
      ),
    )
  }
}

test(`${MANY} paths and sources in a day end in "(other)", all are counted, and few rows are written`, async () => {
  const site = await createSite()
  await send(site, browser(1), { i: MANY, t: Date.now() })
  await flood(site, 0, MANY)
  // The day's limit, and the overflow values: of this host, and of hosts without a page.
  expect(await rows('pages', site)).toBe(TEXTS_A_DAY.browser.pages + 2)
  expect(await rows('sources', site)).toBe(TEXTS_A_DAY.browser.sources + 1)
  // Pages, sources, a device, and bytes: usage is written in steps of a hundredth of the daily limit.
  expect(await rows('additions', site)).toBe(4)
  const answer = await query(site, { metrics: ['pageviews'], period: 'today', dimensions: ['page'], limit: 1 })
  const beyond = MANY + 1 - TEXTS_A_DAY.browser.pages
  expect(answer.rows).toMatchObject([{ dimensions: { page: '(other)' }, metrics: { pageviews: { value: beyond } } }])
  const all = await query(site, { metrics: ['pageviews'], period: 'today' })
  expect(all.rows).toMatchObject([{ metrics: { pageviews: { value: MANY + 1 } } }])
  const hosts = await query(site, { metrics: ['pageviews'], period: 'today', dimensions: ['hostname'] })
  expect(hosts.rows.map(({ dimensions }) => dimensions?.hostname)).toEqual([site.domain])
}, 120_000)

test("one client uses up only its share of the day's pages: other clients' pages and known pages stay", async () => {
  vi.setSystemTime(MIDDAY)
  const site = await createSite()
  const page = (path: string, i: number) => ({ i, t: Date.now(), u: `https://${site.domain}${path}` })
  await send(site, browser(3), page('/known', 1))
  // As many new pages as the site may add in a day.
  const beacons = TEXTS_A_DAY.browser.pages / EACH
  expect(beacons).toBe(200)
  for (let n = 0; n < beacons; n++) {
    vi.setSystemTime(Date.now() + 10_000)
    await send(site, browser(1), ...range(n * EACH, (n + 1) * EACH).map(i => page(`/made-up/${i}`, 10 + i)))
  }
  await send(site, browser(1), page('/known', 20_000), page('/made-up/0', 20_001))
  await send(site, browser(2), page('/new', 20_002))
  await send(site, browser(3), page('/newer', 20_003))
  const share = TEXTS_A_DAY.browser.pages * CLIENT_SHARE
  // Those of the client, three of others, and the overflow values: of this host, and of hosts without a page.
  expect(await rows('pages', site)).toBe(share + 3 + 2)
  const paths = async (path: string) => {
    const filters = [['is', 'page', [path]]] as const
    const answer = await query(site, { metrics: ['pageviews'], period: 'today', filters })
    return answer.rows[0]?.metrics.pageviews?.value
  }
  expect(await Promise.all(['/known', '/made-up/0', '/new', '/newer', '(other)'].map(paths))).toEqual([
    2,
    2,
    1,
    1,
    TEXTS_A_DAY.browser.pages - share,
  ])
  // The next day has a new share.
  vi.setSystemTime(MIDDAY + DAY)
  await send(site, browser(1), page('/made-up/9999', 30_000))
  expect(await paths('/made-up/9999')).toBe(1)
}, 60_000)

test('hosts below the site are limited, too', async () => {
  const site = await createSite()
  const { pages } = TEXTS_A_DAY.browser
  for (let first = 0; first < pages + EACH; first += EACH) {
    vi.setSystemTime(Date.now() + 10_000)
    const views = range(first, first + EACH).map(i => ({ i, t: Date.now(), u: `https://h${i}.${site.domain}/` }))
    await send(site, browser(2 + ((first / EACH) % 20)), ...views)
  }
  expect(await counts(site, 'hostname', 'pageviews')).toMatchObject({ '(other)': EACH })
  // A known host keeps its name.
  await send(site, browser(1), { i: 10 ** 9, t: Date.now(), u: `https://h0.${site.domain}/another` })
  expect(await counts(site, 'hostname', 'pageviews')).toMatchObject({ '(other)': EACH, [`h0.${site.domain}`]: 2 })
}, 60_000)

test('custom events past the limit are "(other)", and the next day has room again', async () => {
  vi.setSystemTime(MIDDAY)
  const site = await createSite()
  const { names } = TEXTS_A_DAY.browser
  const happens = (i: number) => ({ i, t: Date.now(), k: `event ${i}` })
  for (let first = 0; first < names + 100; first += EACH) {
    await send(site, browser(2 + first / EACH), ...range(first, first + EACH).map(happens))
  }
  expect(await counts(site, 'event', 'events')).toMatchObject({ 'event 0': 1, '(other)': 100 })
  vi.setSystemTime(MIDDAY + DAY)
  await send(site, browser(2), happens(names + 99))
  expect(await counts(site, 'event', 'events')).toMatchObject({ [`event ${names + 99}`]: 1, '(other)': 100 })
})

test('a row with too many strings keeps channel, country, device and browser', async () => {
  vi.setSystemTime(MIDDAY)
  const site = await createSite()
  const language = (n: number) => `en-x-${n.toString(36)}`
  const event = (n: number) => ({
    name: 'page_view',
    visitor_id: 'v',
    url: `https://${site.domain}/`,
    user_agent: browser(1).agent,
    language: language(n),
    country: 'SE',
    city: `City ${n}`,
    referrer: `https://r${n}.example/`,
  })
  const { devices, places, sources } = TEXTS_A_DAY.server
  const most = Math.max(devices, places, sources) + 1
  for (let first = 0; first < most; first += LIMITS.eventsPerCall) {
    await post(site, range(first, Math.min(first + LIMITS.eventsPerCall, most)).map(event))
  }
  expect(await rows('devices', site)).toBe(devices + 1)
  expect(await rows('places', site)).toBe(places + 1)
  expect(await rows('sources', site)).toBe(sources + 1)
  const table = async (name: string, columns: string) =>
    (await env.DB.prepare(`select ${columns} from ${name} order by id desc limit 1`).raw())[0]
  expect(await table('devices', 'device, browser, os, language')).toEqual(['desktop', 'Firefox', 'Linux', '(other)'])
  expect(await table('places', 'country, region, city')).toEqual(['SE', '', '(other)'])
  expect(await table('sources', 'channel, source, medium, campaign, referrer')).toEqual([
    'Referral',
    '(other)',
    '(other)',
    '',
    '(other)',
  ])
}, 60_000)
