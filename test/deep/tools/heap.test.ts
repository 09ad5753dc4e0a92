import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { LIMITS } from '../../../shared/limits'
import { ask } from '../../../tools/server/ask'
import { loadBuild } from '../../../tools/server/loadBuild'
import { runtimeConfig, SECRETS } from '../../../tools/server/runtimeConfig'
import { METRICS } from '../../../worker/metrics/definitions'
import { temporaryFolder } from '../../tools/folder'

/**
 * Megabytes that an isolate may take on Cloudflare.
 * @see https://developers.cloudflare.com/workers/platform/limits/#memory
 */
const HEAP = 128

const TOKEN = 'the-admin-token-of-this-very-test'
const BINARY: string = createRequire(import.meta.url)('workerd').default
const HOUR = 3_600_000
const DAY = 24 * HOUR

const portsFrom = async (pipe: Readable): Promise<Record<string, number>> => {
  const ports: Record<string, number> = {}
  for await (const line of createInterface({ input: pipe })) {
    const { event, socket, port } = JSON.parse(line)
    if (event === 'listen') ports[socket] = port
    if (ports.collector && ports.control) break
  }
  return ports
}

/** The Worker in workerd, which ends when the heap of an isolate grows larger. */
const start = async (heap: number = HEAP) => {
  const build = await loadBuild()
  const folder = await temporaryFolder()
  const databaseFolder = join(folder, 'd1')
  await mkdir(databaseFolder)
  const config = runtimeConfig(build, { databaseFolder, objectsFolder: null, demo: false })
  const limited = config.replace(/v8Flags = \[.*\]/, `v8Flags = ["--max-heap-size=${heap}"]`)
  expect(limited).not.toBe(config)
  await writeFile(join(folder, 'config.capnp'), limited)
  for (const [name, code] of Object.entries(build.modules)) await writeFile(join(folder, `${name}.js`), code)
  const child = spawn(BINARY, ['serve', '--experimental', '--control-fd=3', join(folder, 'config.capnp')], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    env: { TZ: 'UTC', [SECRETS.admin]: TOKEN, [SECRETS.control]: TOKEN },
  })
  onTestFinished(async () => {
    const exit = child.exitCode ?? once(child, 'exit')
    child.kill()
    await exit
  })
  const ports = await portsFrom(child.stdio[3] as Readable)
  const post = async (port: string, path: string, body: string) => {
    const { status, text } = await ask(`http://127.0.0.1:${ports[port]}${path}`, { token: TOKEN, method: 'POST', body })
    expect([path, status, text.slice(0, 200)]).toEqual([path, expect.toBeOneOf([200, 201]), expect.any(String)])
    return text
  }
  await post('control', '/migrate', JSON.stringify(build.migrations))
  return post
}

/** As many events as a server may send at once: the page views and custom events of an hour of yesterday. */
const largestBody = (hour: number): string => {
  const time = (Math.floor(Date.now() / DAY) - 1) * DAY + hour * HOUR
  const events = Array.from({ length: LIMITS.eventsPerCall }, (_, n) => ({
    id: `${hour}/${n}`,
    name: n % 5 === 0 ? `event ${n % 40}` : 'page_view',
    visitor_id: `visitor ${hour}/${n % 400}`,
    time: time + n * 500,
    url: `https://shop.example/${n % 200}?utm_source=source${n % 50}`,
    country: 'SE',
    padding: 'x'.repeat(450),
  }))
  return JSON.stringify({ events })
}

test('the largest bodies, 48,000 page views of 4,800 returning visitors in a day, the cron and every metric fit into a heap', async () => {
  const post = await start()
  await post('collector', '/api/v1/sites', '{"domain":"shop.example"}')
  for (let hour = 0; hour < 12; hour++) await post('collector', '/api/v1/events?site=shop.example', largestBody(hour))
  const metrics = METRICS.map(({ id }) => id)
  const everything = { site: 'shop.example', metrics, period: '30d', compare: 'previous_period' }
  const byPage = {
    site: 'shop.example',
    metrics: ['visitors', 'sessions', 'bounce_rate'],
    dimensions: ['page', 'source'],
  }
  const questions = JSON.stringify([everything, byPage])
  await post('collector', '/api/v1/query', questions)
  await post('control', '/scheduled', '')
  await post('collector', '/api/v1/query', questions)
})

/** Page views of a day and their visitors. Each visitor comes in several hours, to a different page each time. */
const BUSY = { pageViews: 200_000, visitors: 25_000 }
const PER_BODY = 4_000

const busyBody = (part: number): string => {
  const parts = BUSY.pageViews / PER_BODY
  const begin = (Math.floor(Date.now() / DAY) - 1) * DAY + Math.floor((part / parts) * 23) * HOUR
  const events = Array.from({ length: PER_BODY }, (_, n) => ({
    name: 'page_view',
    visitor_id: `visitor ${(part * PER_BODY + n) % BUSY.visitors}`,
    time: begin + n * 800,
    url: `https://shop.example/${(n + part) % 200}?utm_source=source${n % 50}`,
    country: 'SE',
  }))
  return JSON.stringify({ events })
}

test('the cron of a site with 200,000 page views of 25,000 returning visitors a day fits into half of the heap', {
  timeout: 600_000,
}, async () => {
  const post = await start(HEAP / 2)
  const toSite = '?site=shop.example'
  await post('collector', '/api/v1/sites', '{"domain":"shop.example","timezone":"UTC"}')
  for (let part = 0; part < BUSY.pageViews / PER_BODY; part++)
    await post('collector', `/api/v1/events${toSite}`, busyBody(part))
  const question = { site: 'shop.example', metrics: ['pageviews', 'visitors'], period: 'yesterday' }
  const run = async (limit: number) => {
    await post('control', '/scheduled', '')
    // The limit makes it another question: the answer to the same one would be shared for ten seconds, though rollups are built meanwhile.
    return JSON.parse(await post('collector', '/api/v1/query', JSON.stringify({ ...question, limit })))
  }
  // A run stops building rollups after 20 seconds, so a slow machine needs several.
  let { rows, meta } = await run(1)
  for (let runs = 2; runs <= 10 && meta.rows_read >= 1_000; runs++) ({ rows, meta } = await run(runs))
  expect([rows[0].metrics.pageviews.value, rows[0].metrics.visitors.value]).toEqual([BUSY.pageViews, BUSY.visitors])
  expect(meta.rows_read, 'from the rollup').toBeLessThan(1_000)
})
