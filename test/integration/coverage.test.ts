import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import type { CoverageAnswer } from '../../shared/coverage'
import { EDGE_ADDRESS } from '../../worker/collect/edge/askEdge'
import { edgeZoneOf } from '../../worker/collect/edge/edgeZone'
import { fetchEdge } from '../../worker/collect/edge/fetchEdge'
import { runCron } from '../../worker/cron'
import { openDirectory } from '../../worker/directory'
import worker from '../../worker/index'
import { nextAlarm } from '../../worker/objects/nextAlarm'
import type { Site } from '../../worker/site'
import { d1 } from '../../worker/storage/d1'
import { UNLIMITED } from '../../worker/storage/statementBudget'
import { clockByHand } from './clockByHand'
import { limitedDatabase } from './limitedDatabase'
import { siteOf } from './rollups'
import { createSite, deleteSite, post, query, type TestSite } from './setup'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Midnight in Stockholm. */
const MIDNIGHT = Date.UTC(2026, 2, 15, 23)
const ZONE = '023e105f4ecef8ad9ca31a8372d0c353'
const TOKEN = 'the-token-of-the-test'

clockByHand(MIDNIGHT - 5 * DAY)

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const SAFARI =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15'
const GPT_BOT = 'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; GPTBot/1.3; +https://openai.com/gptbot'

interface Group {
  readonly count: number
  readonly avg: { readonly sampleInterval: number }
  readonly dimensions: Readonly<Record<string, string>>
}

/** As https://developers.cloudflare.com/analytics/graphql-api/tutorials/end-customer-analytics/ shows it. */
const answerOf = (groups: readonly unknown[]) => ({
  data: { viewer: { zones: [{ httpRequestsAdaptiveGroups: groups }] } },
  errors: null,
})

const group = (userAgent: string, count: number, sampleInterval = 1, path?: string): Group => ({
  count,
  avg: { sampleInterval },
  dimensions: { userAgent, ...(path !== undefined && { clientRequestPath: path }) },
})

const AGENTS = [group(FIREFOX, 60), group(SAFARI, 100, 10), group(GPT_BOT, 12), group('curl/8.5.0', 500)]
const PAGES = [group(GPT_BOT, 9, 1, '/pricing'), group(GPT_BOT, 3, 1, '/')]

interface Asked {
  readonly authorization: string | null
  readonly url: string
  readonly variables: { readonly zone: string; readonly filter: Readonly<Record<string, unknown>> }
}

/** A server that stands for Cloudflare's. */
const cloudflare = (
  answer: (call: number) => Response | Promise<Response> = call =>
    Response.json(answerOf(call % 2 === 0 ? AGENTS : PAGES)),
) => {
  const asked: Asked[] = []
  const receive = async (request: Request): Promise<Response> => {
    const { variables } = await request.json<Asked>()
    asked.push({ url: request.url, authorization: request.headers.get('authorization'), variables })
    return answer(asked.length - 1)
  }
  return { asked, fetch: (...args: Parameters<typeof fetch>) => receive(new Request(...args)) }
}

type Server = ReturnType<typeof cloudflare>

const variablesOf = ({ domain }: TestSite) => ({
  CLOUDFLARE_ZONES: `other.example=x, ${domain}=${ZONE}`,
  ANALYTICS_TOKEN: TOKEN,
})

const cronAt = async (site: TestSite, time: number, server: Pick<Server, 'fetch'>, DB = env.DB): Promise<void> => {
  vi.setSystemTime(time)
  await runCron(openDirectory({ DB }), time, UNLIMITED, { ...variablesOf(site), fetch: server.fetch })
}

const view = (n: number, hour: number) => ({
  id: `v${n}-${hour}`,
  name: 'page_view',
  ip: `203.0.113.${n % 200}`,
  user_agent: n % 3 === 0 ? SAFARI : FIREFOX,
  time: MIDNIGHT - 12 * HOUR + hour * HOUR + n * 1_000,
  url: `https://shop.example/${hour}`,
})

/** 40 visitors of two pages each on the last day, 26 with Firefox. */
const siteWithViews = async (): Promise<TestSite> => {
  vi.setSystemTime(MIDNIGHT)
  const site = await createSite({ timezone: 'Europe/Stockholm' })
  await post(
    site,
    [0, 1].flatMap(hour => Array.from({ length: 40 }, (_, n) => view(n, hour / 10))),
  )
  return site
}

const coverage = async (
  site: TestSite,
  period = '7d',
  variables: object = variablesOf(site),
): Promise<CoverageAnswer> => {
  const request = new Request(`https://stats.example/api/v1/sites/${site.domain}/coverage?period=${period}`, {
    headers: { authorization: `Bearer ${site.read}` },
  })
  const response = await worker.fetch(
    request as Request<unknown, IncomingRequestCfProperties>,
    { ...env, ...variables },
    createExecutionContext(),
  )
  expect(response.status).toBe(200)
  return response.json()
}

test('the pages of the last day are fetched once, by local day, and compared with what was recorded', async () => {
  const site = await siteWithViews()
  const server = cloudflare()
  // Until an hour after midnight, the last complete day is the one before. Two days are fetched, one at a time.
  for (const hours of [0.5, 0.6, 1, 2, 20]) await cronAt(site, MIDNIGHT + hours * HOUR, server)
  const asked = server.asked.map(({ variables: { filter } }) => [
    filter.datetime_geq,
    filter.datetime_lt,
    filter.userAgent_in,
  ])
  const [first, second, third, end] = [12, 13, 14, 15].map(day => `2026-03-${day}T23:00:00Z`)
  expect(asked).toEqual([
    [first, second, undefined],
    [first, second, [GPT_BOT]],
    [second, third, undefined],
    [second, third, [GPT_BOT]],
    [third, end, undefined],
    [third, end, [GPT_BOT]],
  ])
  for (const { url, authorization, variables } of server.asked)
    expect([url, authorization, variables.zone]).toEqual([EDGE_ADDRESS, `Bearer ${TOKEN}`, ZONE])
  const found = await coverage(site, '2026-03-15,2026-03-15')
  expect(found).toMatchObject({ visitors: 40, reason: null, problem: null })
  expect(found.days).toEqual([{ day: '2026-03-15', recorded: 80, served: 160 }])
  expect(found.browsers).toEqual([
    { browser: 'Safari', visitors: 14, recorded: 28, served: 100 },
    { browser: 'Firefox', visitors: 26, recorded: 52, served: 60 },
  ])
  // Everybody sees two pages, so the only doubt is how many pages Safari was served: 10 requests were counted.
  expect(found.estimate?.value).toBeCloseTo(80)
  expect(found.estimate?.interval[0]).toBeGreaterThanOrEqual(40)
  expect(found.estimate?.interval[0]).toBeLessThan(65)
  await deleteSite(site)
})

test('what AI crawlers fetched is counted by page and crawler', async () => {
  const site = await siteWithViews()
  await cronAt(site, MIDNIGHT + HOUR, cloudflare())
  vi.setSystemTime(MIDNIGHT + 3 * HOUR)
  const period = { from: '2026-03-14', to: '2026-03-14' }
  const ask = async (...dimensions: readonly string[]) =>
    (await query(site, { metrics: ['ai_fetches'], dimensions, period })).rows.map(row => [
      row.dimensions,
      row.metrics.ai_fetches?.value,
    ])
  expect(await ask('page', 'crawler')).toEqual([
    [{ page: '/pricing', crawler: 'GPTBot' }, 9],
    [{ page: '/', crawler: 'GPTBot' }, 3],
  ])
  expect(await ask('crawler')).toEqual([[{ crawler: 'GPTBot' }, 12]])
  await deleteSite(site)
})

const refused = (status: number) => () => Response.json({ data: null, errors: [{ message: TOKEN }] }, { status })

test.each([
  ['401', refused(401), /rejected the token/],
  ['403', refused(403), /may not read/],
  ['429', refused(429), /no more queries/],
  ['400', refused(400), /zone’s plan/],
  ['503', refused(503), /status 503/],
  ['errors with status 200', refused(200), /zone’s plan/],
  ['no answer in time', () => Promise.reject(new DOMException('late', 'TimeoutError')), /did not answer/],
  ['no JSON', () => new Response('<html>'), /cannot be read/],
  ['no zone', () => Response.json({ data: { viewer: { zones: [] } }, errors: null }), /cannot be read/],
  ['a count that is none', () => Response.json(answerOf([{ ...group(FIREFOX, 1), count: '1' }])), /cannot be read/],
  ['a negative count', () => Response.json(answerOf([group(FIREFOX, -1)])), /cannot be read/],
  ['no sample interval', () => Response.json(answerOf([group(FIREFOX, 5, 0)])), /cannot be read/],
  ['no end', () => new Response('x'.repeat(3_000_000)), /cannot be read/],
])('%s leaves the numbers unknown, with the reason, and is tried again in an hour', async (_, answer, problem) => {
  const site = await siteWithViews()
  const server = cloudflare(answer)
  for (const minutes of [60, 65, 115, 121]) await cronAt(site, MIDNIGHT + minutes * 60_000, server)
  expect(server.asked).toHaveLength(2)
  const found = await coverage(site)
  expect(found).toMatchObject({ estimate: null, days: [], reason: expect.stringContaining('no served pages') })
  expect(found.problem).toMatch(problem)
  expect(JSON.stringify(found)).not.toContain(TOKEN)
  expect((await coverage(site, '7d', {})).problem).toBeNull()
  const works = cloudflare()
  await cronAt(site, MIDNIGHT + 4 * HOUR, works)
  expect((await coverage(site)).problem).toBeNull()
  await deleteSite(site)
})

test('pages that fail after the user agents store nothing', async () => {
  const site = await siteWithViews()
  await cronAt(
    site,
    MIDNIGHT + HOUR,
    cloudflare(call => (call === 0 ? Response.json(answerOf(AGENTS)) : refused(429)())),
  )
  expect((await coverage(site)).days).toEqual([])
  await deleteSite(site)
})

test('the largest answer takes few statements and rows', async () => {
  const site = await siteWithViews()
  const agents = Array.from({ length: 1_000 }, (_, n) => group(`${FIREFOX} ${n}`, 1_000 - n)).with(
    999,
    group(GPT_BOT, 1),
  )
  const pages = Array.from({ length: 500 }, (_, n) =>
    group(GPT_BOT, 500 - n, 1, `/${n}${'x'.repeat(n === 499 ? 3_000 : 490)}`),
  )
  const { db, usage } = limitedDatabase(env.DB)
  const engine = (await openDirectory({ DB: db }).find(site.domain)) as Site
  const before = { ...usage }
  vi.setSystemTime(MIDNIGHT + HOUR)
  const server = cloudflare(call => Response.json(answerOf(call === 0 ? agents : pages)))
  await fetchEdge(engine, { zone: ZONE, token: TOKEN }, server.fetch, MIDNIGHT + HOUR, UNLIMITED)
  expect(usage.statements - before.statements).toBeLessThanOrEqual(6)
  expect(usage.rowsWritten - before.rowsWritten).toBeLessThanOrEqual(210)
  const { rows } = await query(site, { metrics: ['ai_fetches'], dimensions: ['page'], period: '7d' })
  expect(rows).toHaveLength(201)
  expect(rows[0]).toMatchObject({ dimensions: { page: '(other)' }, metrics: { ai_fetches: { value: 45_150 } } })
  await deleteSite(site)
})

test('more page views than pages served, and none at all, have no estimate', async () => {
  const site = await siteWithViews()
  await cronAt(
    site,
    MIDNIGHT + HOUR,
    cloudflare(() => Response.json(answerOf([group(FIREFOX, 30)]))),
  )
  await cronAt(
    site,
    MIDNIGHT + 2 * HOUR,
    cloudflare(() => Response.json(answerOf([group(FIREFOX, 30)]))),
  )
  expect(await coverage(site, '2026-03-15,2026-03-15')).toMatchObject({
    estimate: null,
    reason: expect.stringContaining('single-page app'),
  })
  expect(await coverage(site, '2026-03-14,2026-03-14')).toMatchObject({
    estimate: null,
    reason: expect.stringContaining('no page view'),
  })
  await deleteSite(site)
})

test.each([
  [`shop.example=${ZONE}`, 'shop.example', ZONE],
  [`a.example=0 SHOP.example=${ZONE}`, 'shop.example', ZONE],
  [`shop.example=${ZONE}`, 'other.example', undefined],
  ['shop.example=../../x', 'shop.example', undefined],
  ['', 'shop.example', undefined],
])('of %j, the zone of %s is %s', (CLOUDFLARE_ZONES, domain, zone) => {
  expect(edgeZoneOf({ CLOUDFLARE_ZONES, ANALYTICS_TOKEN: TOKEN }, domain)?.zone).toBe(zone)
  expect(edgeZoneOf({ CLOUDFLARE_ZONES }, domain)).toBeNull()
})

test('an object without events wakes every hour while it has a zone', async () => {
  vi.setSystemTime(MIDNIGHT)
  const site = await createSite()
  const next = async (variables: object) => nextAlarm(d1(env.DB), await siteOf(site), variables, MIDNIGHT)
  expect(await next(variablesOf(site))).toBe(MIDNIGHT + HOUR)
  expect(await next({})).toBeNull()
  await deleteSite(site)
})
