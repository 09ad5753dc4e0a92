import { exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { IMPORTS } from '../../shared/imports'
import { LIMITS } from '../../shared/limits'
import { createSite, migrate, type TestSite } from './setup'

/** Milliseconds, on a slow and busy machine. */
const PATIENCE = 6_000

let site: TestSite

beforeAll(async () => {
  await migrate()
  site = await createSite()
})

const call = (path: string, type: string, body: BodyInit, agent = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/143.0') =>
  exports.default.fetch(`https://stats.example${path}?site=${site.domain}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${site.write}`, 'content-type': type, 'user-agent': agent },
    body,
  })

/** As much of a string as fits. */
const full = (text: string, bytes: number): string => text.repeat(Math.floor(bytes / text.length))
const beaconOf = (...records: object[]) => JSON.stringify({ v: 1, s: site.domain, n: Date.now(), e: records })
const view = (more: object = {}) => ({ i: 1, t: Date.now(), u: `https://${site.domain}/`, ...more })
const times = <T>(count: number, of: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => of(index))

const { beaconBytes, eventsBytes, importBytes } = LIMITS
const [costs] = IMPORTS
const HEADER = 'day,channel,source,campaign,amount,currency\n'

/** Bodies of maximum size, depth or count, or one beyond. */
const EXTREMES: readonly [what: string, path: string, type: string, status: number, body: () => string][] = [
  ['brackets', '/v1/e', 'text/plain', 400, () => full('[', beaconBytes)],
  ['objects in objects', '/v1/e', 'text/plain', 400, () => full('{"v":', beaconBytes)],
  [
    'deep properties',
    '/v1/e',
    'text/plain',
    204,
    () => beaconOf(view({ k: 'a', o: { p: JSON.parse(`${'['.repeat(3_000)}${']'.repeat(3_000)}`) } })),
  ],
  ['many keys', '/v1/e', 'text/plain', 400, () => `{${times(5_000, n => `"k${n}":1`).join()}}`],
  ['one key many times', '/v1/e', 'text/plain', 400, () => `{${full('"e":[],', beaconBytes - 100)}"v":1}`],
  [
    'many properties',
    '/v1/e',
    'text/plain',
    204,
    () => beaconOf(view({ k: 'a', o: Object.fromEntries(times(4_000, n => [`k${n}`, n])) })),
  ],
  [
    'invalid items',
    '/v1/e',
    'text/plain',
    204,
    () => beaconOf(...times(14, i => view({ i, k: 'a', o: { items: times(200, () => ({ price: [] })) } }))),
  ],
  [
    'at signs in a path',
    '/v1/e',
    'text/plain',
    204,
    () => beaconOf(view({ u: `https://${site.domain}/${full('a@', 3_900)}` })),
  ],
  [
    'percent signs in a path',
    '/v1/e',
    'text/plain',
    204,
    () => beaconOf(view({ u: `https://${site.domain}/${full('%40', 3_900)}` })),
  ],
  [
    'a referrer of slashes',
    '/v1/e',
    'text/plain',
    204,
    () => beaconOf(view({ r: `https://a.example${full('/', 40_000)}` })),
  ],
  [
    'a query of parameters',
    '/v1/e',
    'text/plain',
    204,
    () => beaconOf(view({ u: `https://${site.domain}/?${full('a&', 3_900)}utm_source=x` })),
  ],
  [
    'large records',
    '/v1/e',
    'text/plain',
    204,
    () => beaconOf(...times(16, i => view({ i: i + 10, u: `https://${site.domain}/${full('é', 600)}` }))),
  ],
  ['brackets', '/api/v1/events', 'application/json', 400, () => full('[', eventsBytes)],
  [
    'millions of events',
    '/api/v1/events',
    'application/json',
    413,
    () => `{"events":[${full('1,', eventsBytes - 20)}1]}`,
  ],
  ['millions of lines', '/api/v1/events', 'application/x-ndjson', 413, () => full('{\n', eventsBytes)],
  ['millions of empty lines', '/api/v1/events', 'application/x-ndjson', 200, () => full('\n', eventsBytes)],
  [
    'one long string',
    '/api/v1/events',
    'application/json',
    200,
    () => `{"events":[{"name":"${full('x', eventsBytes - 50)}"}]}`,
  ],
  [
    'bad events',
    '/api/v1/events',
    'application/json',
    200,
    () => JSON.stringify({ events: Array(LIMITS.eventsPerCall).fill({}) }),
  ],
  [
    'invalid properties and items',
    '/api/v1/events',
    'application/json',
    200,
    () =>
      JSON.stringify({
        events: times(600, n => ({
          name: 'a',
          visitor_id: `v${n}`,
          properties: Object.fromEntries(times(90, n => [`k${n}`, []])),
          items: times(200, () => ({ price: [], quantity: [] })),
        })),
      }),
  ],
  [
    'the maximum number of events',
    '/api/v1/events',
    'application/json',
    200,
    () =>
      JSON.stringify({
        events: times(LIMITS.eventsPerCall, n => ({
          id: `x${n}`,
          name: 'page_view',
          visitor_id: `v${n}`,
          url: `https://a.example/${full('y', 600)}${n}`,
          time: Date.now() - n * 60_000,
        })),
      }),
  ],
  [
    'millions of rows',
    `/api/v1/imports/${costs.kind}`,
    'application/json',
    413,
    () => `[${full('1,', importBytes - 20)}1]`,
  ],
  [
    'millions of empty rows',
    `/api/v1/imports/${costs.kind}`,
    'text/csv',
    413,
    () => HEADER + full('\n', importBytes - 100),
  ],
  ['millions of cells', `/api/v1/imports/${costs.kind}`, 'text/csv', 400, () => full('day,', importBytes)],
  ['quotes', `/api/v1/imports/${costs.kind}`, 'text/csv', 422, () => HEADER + full('"', importBytes - 100)],
  [
    'bad rows',
    `/api/v1/imports/${costs.kind}`,
    'text/csv',
    422,
    () => HEADER + full('a,b\n', LIMITS.rowsPerImport * 4),
  ],
]

test.each(EXTREMES)('%s at %s (%s) are answered in time: %i', async (_, path, type, status, body) => {
  const text = body()
  const began = performance.now()
  const response = await call(path, type, text)
  await response.text()
  expect(response.status).toBe(status)
  expect(performance.now() - began).toBeLessThan(PATIENCE)
})

describe('a User-Agent', () => {
  test.each([
    ['of one letter', 'a'],
    ['of open brackets', '('],
    ['of versions', 'Version/1.'],
    ['of Safaris', 'Safari/'],
    ['of blanks', ' ;'],
    ['of Mozillas', 'Mozilla/5.0 ('],
  ])('%s costs no time', async (_, text) => {
    const began = performance.now()
    for (let n = 0; n < 5; n++) {
      const response = await call(
        '/v1/e',
        'text/plain',
        beaconOf(view({ i: n })),
        `Mozilla/5.0 ${n} ${full(text, 8_000)}`,
      )
      expect(response.status).toBe(204)
    }
    expect(performance.now() - began).toBeLessThan(PATIENCE)
  })
})

test.each([
  ['/v1/e', beaconBytes],
  ['/api/v1/events', eventsBytes],
  ['/api/v1/imports/costs', importBytes],
])('%s reads no more of a body without a length than its limit', async (path, limit) => {
  const PART = 16 * 1024
  let given = 0
  const body = new ReadableStream({
    type: 'bytes',
    pull(controller) {
      given += PART
      controller.enqueue(new Uint8Array(PART).fill(0x20))
      // Would never end in practice.
      if (given > 100 * limit) controller.close()
    },
  })
  const response = await call(path, 'text/plain', body)
  expect(response.status).toBe(413)
  await response.text()
  expect(given).toBeLessThan(3 * limit + 64 * PART)
})
