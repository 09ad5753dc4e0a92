import { readFile, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { BlobReader, BlobWriter, ZipWriter } from '@zip.js/zip.js'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type Server, startServer } from '../../../tools/server/server'
import { IMPORTS_FOLDER } from '../../readImport'
import { sharedFolder, temporaryFolder } from '../../tools/folder'
import { runTool } from '../../tools/runTool'

const folder = sharedFolder()
let server: Server

beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: folder(), quiet: true })
})

afterAll(() => server.stop())

const call = async (path: string, body?: unknown) => {
  const headers = { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' }
  const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers }
  const response = await fetch(`${server.url}${path}`, init)
  return { status: response.status, body: await response.json() }
}

const createSite = async (domain: string): Promise<void> => {
  expect((await call('/api/v1/sites', { domain, currency: 'EUR' })).status).toBe(201)
}

/** `npm run import` for the test's server, without a key. */
const run = (...args: readonly string[]) =>
  runTool('import', args, { DATA_DIR: folder(), PORT: new URL(server.url).port })

const METRICS = ['pageviews', 'events', 'visitors', 'sessions', 'bounces', 'orders', 'gross_revenue', 'signups']

type Row = { readonly dimensions: Record<string, string>; readonly metrics: Record<string, { readonly value: number }> }

const ask = async (site: string, dimensions: readonly string[] = []) => {
  const question = { site, metrics: METRICS, period: 'all', dimensions }
  const { body } = await call('/api/v1/query', question)
  return (body as { rows: Row[] }).rows.map(row => ({
    ...row.dimensions,
    ...Object.fromEntries(Object.entries(row.metrics).map(([name, { value }]) => [name, value])),
  }))
}

interface Expected {
  readonly source: string
  readonly path: string
  readonly accepted: number
  readonly metrics: Readonly<Record<string, number>>
  readonly leftOut: readonly string[]
  /** The totals of the tool beside those of Footfall. */
  readonly compared: RegExp
}

/** What docs/migrate.md says of these files. */
const IMPORTED: readonly Expected[] = [
  {
    source: 'umami',
    path: 'umami',
    accepted: 9,
    metrics: { pageviews: 6, visitors: 4, sessions: 5, bounces: 3, orders: 1, gross_revenue: 49.9, signups: 1 },
    leftOut: ['1 rows of other websites', '1 rows of web vitals'],
    compared: /Total +6 \/ 6 +4 \/ 4 +4 \/ 5 +75\.0 % \/ 60\.0 %/,
  },
  {
    source: 'access-log',
    path: 'accessLog/combined.log',
    accepted: 6,
    metrics: { pageviews: 6, visitors: 2, sessions: 3, bounces: 2, orders: 0 },
    leftOut: ['2 requests of bots', '2 requests for files', '1 requests other than GET'],
    compared: /Total +10 \/ 6 +6 \/ 2 +– \/ 3 +– \/ 66\.7 %/,
  },
  {
    source: 'ga4',
    path: 'ga4/events.ndjson',
    accepted: 7,
    metrics: { pageviews: 3, visitors: 2, sessions: 2, bounces: 0, orders: 1, gross_revenue: 40.5 },
    leftOut: ['2 user_engagement events', '1 events of apps', '1 events without a visitor id'],
    compared: /Total +4 \/ 3 +2 \/ 2 +2 \/ 2 +50\.0 % \/ 0\.0 %/,
  },
  {
    source: 'matomo',
    path: 'matomo/visits.json',
    accepted: 12,
    metrics: { pageviews: 6, visitors: 4, sessions: 4, bounces: 1, orders: 1, gross_revenue: 40.5 },
    leftOut: [
      '1 abandoned carts',
      '1 actions of the type content',
      '2 actions that Matomo cut off',
      '1 visits of other sites',
    ],
    compared: /Total +6 \/ 6 +4 \/ 4 +4 \/ 4 +25\.0 % \/ 25\.0 %/,
  },
  {
    source: 'matomo',
    path: 'matomo/log.sql',
    accepted: 9,
    metrics: { pageviews: 4, visitors: 3, sessions: 3, bounces: 1, orders: 1, gross_revenue: 40.5 },
    leftOut: ['1 abandoned carts', '1 visits of other sites'],
    compared: /Total +4 \/ 4 +3 \/ 3 +3 \/ 3 +33\.3 % \/ 33\.3 %/,
  },
]

test.each(IMPORTED)('$path gives the expected numbers, and the same ones when it is imported again', async expected => {
  const site = `${expected.path.replace(/\W/g, '-').toLowerCase()}.shop.example`
  await createSite(site)
  const args = [expected.source, join(IMPORTS_FOLDER, expected.path), '--site', site]
  // The files are those of shop.example, of which this site is a part.
  const website = expected.source === 'umami' ? ['--website', 'b59e9c65-ae32-47f1-8400-119fcf4861c4'] : []
  const dry = await run(...args, ...website, '--dry-run')
  expect(dry).toMatchObject({ code: 0, err: '' })
  for (const line of expected.leftOut) expect(dry.out).toContain(`  ${line}`)
  expect(dry.out).toContain('Nothing was sent.')
  expect((await ask(site))[0]).toMatchObject({ pageviews: 0 })

  const first = await run(...args, ...website)
  expect(first).toMatchObject({ code: 0, err: '' })
  expect(first.out).toContain(`${expected.accepted} rows accepted, 0 already stored.`)
  expect(first.out).toMatch(expected.compared)
  expect((await run(...args, ...website, '--compare')).out).toMatch(expected.compared)
  const answers = [await ask(site), await ask(site, ['browser']), await ask(site, ['event'])]
  expect(answers[0]?.[0]).toMatchObject(expected.metrics)

  const second = await run(...args, ...website)
  expect(second.out).toContain(`0 rows accepted, ${expected.accepted} already stored.`)
  expect([await ask(site), await ask(site, ['browser']), await ask(site, ['event'])]).toEqual(answers)
})

test('a later log of a day replaces what AI crawlers fetched on it', async () => {
  const site = 'crawlers.shop.example'
  await createSite(site)
  const log = join(IMPORTS_FOLDER, 'accessLog/crawlers.log')
  const fetches = async () => {
    const days = 'period=2026-01-31,2026-02-01&granularity=day'
    const { body } = await call(`/api/v1/metrics/ai_fetches?site=${site}&${days}`)
    return (body as { rows: Row[] }).rows.map(({ metrics }) => metrics.ai_fetches?.value)
  }
  for (const again of [0, 3]) {
    expect((await run('access-log', log, '--site', site)).out).toContain(`${again} already stored.`)
    expect(await fetches()).toEqual([3, 1])
  }
  const [first = ''] = (await readFile(log, 'utf8')).split('\n')
  const shorter = join(await temporaryFolder(), 'access.log')
  await writeFile(shorter, `${first.replace('/pricing?ref=1', '/docs')}\n`)
  await run('access-log', shorter, '--site', site)
  expect(await fetches()).toEqual([1, 1])
})

test('the bounce rate by Google’s rule is Google’s', async () => {
  const site = 'engaged.example'
  await createSite(site)
  await run('ga4', join(IMPORTS_FOLDER, 'ga4/events.ndjson'), '--site', site)
  const { body } = await call(`/api/v1/metrics/bounce_rate?site=${site}&period=all&rule=engaged`)
  expect((body as { rows: Row[] }).rows[0]?.metrics.bounce_rate).toMatchObject({ value: 0.5, denominator: 2 })
})

test('Umami’s browsers, systems and devices are those of the collector', async () => {
  const site = 'devices.example'
  await createSite(site)
  await run('umami', join(IMPORTS_FOLDER, 'umami'), '--site', site, '--website', 'b59e9c65-ae32-47f1-8400-119fcf4861c4')
  const valuesOf = async (dimension: string) =>
    (await ask(site, [dimension])).map(row => (row as Record<string, unknown>)[dimension]).toSorted()
  expect(await valuesOf('browser')).toEqual(['Chrome', 'Firefox', 'Safari'])
  expect(await valuesOf('os')).toEqual(['Android', 'Windows', 'iOS', 'macOS'])
  expect(await valuesOf('device')).toEqual(['desktop', 'mobile'])
})

test('a device that the collector does not know is refused', async () => {
  await createSite('toaster.example')
  const events = [{ name: 'page_view', visitor_id: 'v', device: 'toaster' }]
  const { body } = await call('/api/v1/events?site=toaster.example', { events })
  expect(body).toMatchObject({ accepted: 0, refused: [{ index: 0, code: 'bad_device' }] })
})

test('what happened from a day on is left out when that is asked for', async () => {
  const dry = (before: string) =>
    run('umami', join(IMPORTS_FOLDER, 'umami'), '--site', 'shop.example', '--dry-run', '--before', before)
  const { out } = await dry('2026-02-01')
  expect(out).toContain('  4 page_view\n  1 sign_up\nLeft out:\n')
  expect(out).toContain('  4 rows from 2026-02-01 on')
  expect((await dry('February')).err).toBe('--before is "February", but must be a day like 2026-01-31.\n')
})

test('a ZIP and a gzip give what their files give', async () => {
  const files = await temporaryFolder()
  const zip = new ZipWriter(new BlobWriter())
  for (const table of ['session', 'website_event']) {
    const bytes = await readFile(join(IMPORTS_FOLDER, `umami/${table}.csv`))
    await zip.add(`export/${table}.csv`, new BlobReader(new Blob([new Uint8Array(bytes)])))
  }
  await writeFile(join(files, 'umami.zip'), new Uint8Array(await (await zip.close()).arrayBuffer()))
  await writeFile(join(files, 'log.gz'), gzipSync(await readFile(join(IMPORTS_FOLDER, 'accessLog/combined.log'))))
  const dry = async (...args: string[]) => (await run(...args, '--site', 'shop.example', '--dry-run')).out
  expect(await dry('umami', join(files, 'umami.zip'))).toContain('6 page_view')
  expect(await dry('access-log', join(files, 'log.gz'))).toContain('6 page_view')
})

test('a key made for the run is deleted after it, also when it fails', async () => {
  const site = 'keys.example'
  await createSite(site)
  await run('access-log', join(IMPORTS_FOLDER, 'accessLog/nginx.log'), '--site', site)
  expect((await call(`/api/v1/sites/${site}/keys`)).body).toEqual({ keys: [] })
  const failed = await run('access-log', join(IMPORTS_FOLDER, 'accessLog/nginx.log'), '--site', 'missing.example')
  expect(failed.code).toBe(1)
  expect(failed.err).toMatch(/^http:\S+ responded with 404: .*\n$/)
})

test('what the collector refuses is told with its code and an example', async () => {
  const site = 'refused.example'
  await createSite(site)
  const files = await temporaryFolder()
  const header = 'event_id,session_id,created_at,url_path,event_type,event_name'
  await writeFile(
    join(files, 'website_event.csv'),
    `${header}\ne1,s,2999-01-01 00:00:00,/,1,\ne2,s,2026-01-01 00:00:00,/,2,${'x'.repeat(65)}\ne3,s,2026-01-01 00:00:00,/,1,\n`,
  )
  const { code, out } = await run('umami', files, '--site', site)
  expect(code).toBe(1)
  expect(out).toContain('1 row accepted, 0 already stored.')
  expect(out).toMatch(/Refused:\n {2}1 \w+: .+\n {4}\{"id":"umami-e1".+\n {2}1 too_long: .+\n {4}\{"id":"umami-e2"/)
})

const bodyOf = async (request: IncomingMessage): Promise<string[]> => {
  let text = ''
  for await (const chunk of request) text += chunk
  return text.split('\n')
}

test('a busy collector is asked again after the time it names, and two calls are under way at most', async () => {
  let [calls, open, most] = [0, 0, 0]
  const stored = new Set<string>()
  const busy = createServer(async (request, response) => {
    open++
    most = Math.max(most, open)
    const lines = await bodyOf(request)
    open--
    calls++
    if (calls % 2 === 1) return void response.writeHead(calls === 1 ? 429 : 503, { 'retry-after': '0' }).end('{}')
    for (const line of lines) stored.add(JSON.parse(line).id)
    response.end(JSON.stringify({ accepted: lines.length, duplicates: 0, refused: [] }))
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void busy.close())
  const files = await temporaryFolder()
  const rows = Array.from({ length: 12_000 }, (_, n) => `e${n},s${n % 99},2026-01-01 00:00:00,/${n},1`)
  await writeFile(
    join(files, 'website_event.csv'),
    `event_id,session_id,created_at,url_path,event_type\n${rows.join('\n')}\n`,
  )
  const url = `http://127.0.0.1:${(busy.address() as AddressInfo).port}`
  const { code, out, err } = await run('umami', files, '--site', 'a.example', '--url', url, '--key', 'k')
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain('12,000 rows accepted, 0 already stored.')
  expect(out).toContain('A write key cannot read figures')
  expect(stored.size).toBe(12_000)
  expect(most).toBeLessThanOrEqual(2)
})

test.each([
  [['umai', 'x', '--site', 'a.example'], /^"umai" is not a source\. The sources are: access-log, .*umami\.\n$/],
  [['umami', '/nowhere', '--site', 'a.example'], /^There is no file \/nowhere\.\n$/],
  [
    ['umami', 'README.md', '--site', 'a.example', '--dry-run'],
    /^README\.md is not an Umami export that Footfall can read\. Provide /,
  ],
  [['umami'], /^Run npm run import -- SOURCE FILE --site shop\.example, with SOURCE one of /],
  [['umami', 'x', '--sight', 'a.example'], /^Unknown option '--sight'.* Run npm run import/],
])('%j is explained in one sentence', async (args, message) => {
  const { code, err } = await run(...args)
  expect(code).toBe(1)
  expect(err).toMatch(message)
})
