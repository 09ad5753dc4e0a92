import { once } from 'node:events'
import { readdir, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type Server, startServer } from '../../tools/server/server'
import { temporaryFolder } from './folder'
import { mmdb } from './mmdb'

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0'

const start = async (trustProxy: string, geoDb = ''): Promise<Server & { readonly dataDir: string }> => {
  const dataDir = await temporaryFolder()
  const server = await startServer({ port: 0, dataDir, trustProxy, geoDb, quiet: true })
  onTestFinished(() => server.stop())
  return { ...server, dataDir }
}

let records = 0

/** A page view of the same browser, from one of this machine's addresses. */
const view = async ({ url }: Server, headers: Record<string, string>, localAddress = '127.0.0.1'): Promise<number> => {
  records += 1
  const now = Date.now()
  const body = JSON.stringify({ v: 1, s: 'localhost', n: now, e: [{ i: records, t: now, u: 'http://localhost/' }] })
  const sent = request(`${url}/v1/e`, { method: 'POST', localAddress, headers: { 'user-agent': AGENT, ...headers } })
  sent.end(body)
  const [answer] = await once(sent, 'response')
  answer.resume()
  return answer.statusCode
}

const rowsOf = async ({ dataDir }: { readonly dataDir: string }, sql: string): Promise<Record<string, unknown>[]> => {
  const folder = join(dataDir, 'd1/miniflare-D1DatabaseObject')
  const file = (await readdir(folder)).find(name => /^[0-9a-f]+\.sqlite$/.test(name)) ?? ''
  const db = new DatabaseSync(join(folder, file), { readOnly: true })
  const rows = db.prepare(sql).all()
  db.close()
  return rows
}

/** Visitors that differ by address: the User-Agent is always the same. */
const stored = async (server: { readonly dataDir: string }, columns: string): Promise<unknown> =>
  (await rowsOf(server, `select ${columns} as value from views`))[0]?.value

/** How many page views came from each place. */
const placesIn = async (server: { readonly dataDir: string }): Promise<string[]> => {
  const rows = await rowsOf(
    server,
    `select coalesce(country || '/' || region || '/' || city, 'unknown') as place, count(*) as n
     from views left join places on places.id = views.place group by 1 order by 1`,
  )
  return rows.map(({ place, n }) => `${place}: ${n}`)
}

const visitors = (server: { readonly dataDir: string }) => stored(server, 'count(distinct visitor)')

const FORGED = [
  { 'cf-connecting-ip': '203.0.113.1' },
  { 'x-forwarded-for': '203.0.113.2' },
  { 'x-forwarded-for': '203.0.113.3', 'cf-connecting-ip': '203.0.113.4' },
  { 'x-real-ip': '203.0.113.5' },
  { forwarded: 'for=203.0.113.6' },
]

test('an untrusted proxy is one visitor, whatever addresses it sends', async () => {
  const server = await start('')
  for (const headers of FORGED) expect(await view(server, headers)).toBe(204)
  expect(await visitors(server)).toBe(1)
  // The address of another socket is another visitor.
  await view(server, {}, '127.0.0.2')
  expect(await visitors(server)).toBe(2)
})

test('three browsers behind a trusted proxy are three visitors, and no other client adds one', async () => {
  const server = await start('127.0.0.2')
  for (const address of ['203.0.113.1', '203.0.113.2', '2001:db8::3']) {
    // An address that the client sent stands left of the one the proxy adds.
    const forwarded = { 'x-forwarded-for': `198.51.100.${records}, ${address}`, 'cf-connecting-ip': '198.51.100.9' }
    expect(await view(server, forwarded, '127.0.0.2')).toBe(204)
  }
  expect(await visitors(server)).toBe(3)
  for (const headers of FORGED) await view(server, headers)
  expect(await visitors(server)).toBe(4)
  await view(server, { 'cf-connecting-ip': '203.0.113.1' }, '127.0.0.2')
  expect(await visitors(server)).toBe(4)
})

test('a forwarded address that is not believed is reported once, and names no visitor', async () => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => printed.mockRestore())
  const server = await start('127.0.0.2')
  for (const headers of [...FORGED, {}]) await view(server, headers)
  await view(server, { 'x-forwarded-for': '203.0.113.1' }, '127.0.0.2')
  expect(printed.mock.calls).toEqual([
    [
      'A request with a forwarded address came from a sender that TRUST_PROXY does not name, so all visitors it forwards count as one. If it is your proxy, set TRUST_PROXY=loopback.',
    ],
  ])
})

/** The cookie that signing in sets. */
const cookieOf = async (server: Server, scheme: string, localAddress: string): Promise<string> => {
  const body = new URLSearchParams({ token: server.adminToken }).toString()
  const headers = {
    'x-forwarded-proto': scheme,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/x-www-form-urlencoded',
  }
  const sent = request(`${server.url}/login`, { method: 'POST', localAddress, headers })
  sent.end(body)
  const [answer] = await once(sent, 'response')
  answer.resume()
  return answer.headers['set-cookie'][0]
}

test('cookies are Secure behind TLS, which only a trusted proxy can claim', async () => {
  const server = await start('127.0.0.2')
  const isSecure = async (scheme: string, from: string) => (await cookieOf(server, scheme, from)).includes('; Secure')
  expect(await isSecure('https', '127.0.0.2')).toBe(true)
  expect(await isSecure('http, https', '127.0.0.2')).toBe(true)
  expect(await isSecure('https, http', '127.0.0.2')).toBe(false)
  expect(await isSecure('http', '127.0.0.2')).toBe(false)
  expect(await isSecure('https', '127.0.0.1')).toBe(false)
})

const PLACES = {
  '203.0.113.1': {
    country: { iso_code: 'SE' },
    subdivisions: [{ names: { en: 'Skåne' } }],
    city: { names: { en: 'Malmö' } },
  },
  '2001:db8::3': { country: { iso_code: 'NO' } },
}

test('visitors have the place that GEO_DB knows of their address, and nobody can claim another', async () => {
  const geoDb = join(await temporaryFolder(), 'places.mmdb')
  await writeFile(geoDb, mmdb(PLACES))
  const server = await start('127.0.0.2', geoDb)
  for (const address of [...Object.keys(PLACES), '203.0.113.77']) {
    await view(server, { 'x-forwarded-for': address }, '127.0.0.2')
  }
  const claim = { 'x-footfall-cf': '{"country":"DE"}', 'mf-cf-blob': '{"country":"DE"}', 'cf-ipcountry': 'DE' }
  await view(server, claim)
  await view(server, { ...claim, 'x-forwarded-for': '203.0.113.1' }, '127.0.0.2')
  expect(await placesIn(server)).toEqual(['NO//: 1', 'SE/Skåne/Malmö: 2', 'unknown: 2'])
})

test('without GEO_DB no visitor has a place', async () => {
  const server = await start('')
  await view(server, { 'x-footfall-cf': '{"country":"SE","city":"Malmö"}' })
  expect(await stored(server, 'max(place)')).toBe(null)
})

test('a file that is no MMDB, or no file, is reported in one sentence', async () => {
  const dataDir = await temporaryFolder()
  const file = join(dataDir, 'places.csv')
  await writeFile(file, 'not a database')
  await expect(startServer({ port: 0, dataDir, geoDb: file })).rejects.toThrow(
    `GEO_DB is "${file}", but must be an MMDB file, such as DB-IP Lite or GeoLite2.`,
  )
  await expect(startServer({ port: 0, dataDir, geoDb: '/nowhere.mmdb' })).rejects.toThrow(
    'GEO_DB is "/nowhere.mmdb", but this file cannot be read: ENOENT.',
  )
})

test('a client that guesses keys is stopped, though each guess sends another address', async () => {
  const server = await start('')
  const statuses = new Set<number>()
  for (let n = 0; n < 65; n++) {
    const headers = { authorization: `Bearer guess${n}`, 'cf-connecting-ip': `203.0.113.${n}` }
    statuses.add((await fetch(`${server.url}/api/v1/sites`, { headers })).status)
  }
  expect([...statuses]).toEqual([401, 429])
})

test('the body of a request is never taken for another request', async () => {
  const server = await start('')
  const now = Date.now()
  const beacon = JSON.stringify({ v: 1, s: 'localhost', n: now, e: [{ i: 1, t: now, u: 'http://localhost/' }] })
  const hidden =
    `POST /v1/e HTTP/1.1\r\nHost: localhost\r\nUser-Agent: ${AGENT}\r\nCF-Connecting-IP: 203.0.113.1\r\n` +
    `Content-Length: ${beacon.length}\r\n\r\n${beacon}`
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  socket.write(
    'GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n' +
      `${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`,
  )
  socket.resume()
  await once(socket, 'close')
  await view(server, {})
  expect(await stored(server, 'count(*)')).toBe(1)
})

test('a client that hangs up before the answer does not affect the server', async () => {
  const server = await start('')
  for (let n = 0; n < 20; n++) {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    await once(socket, 'connect')
    socket.write('GET /api/v1/metrics HTTP/1.1\r\nHost: localhost\r\n\r\n', () => socket.destroy())
    await once(socket, 'close')
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
  }
})

test('a page and an answer of the API are compressed for those who accept it', async () => {
  const { url } = await start('')
  const encodingOf = async (path: string, accepted: string): Promise<readonly unknown[]> => {
    const { status, headers } = await fetch(`${url}${path}`, { headers: { 'accept-encoding': accepted } })
    return [status, headers.get('content-encoding'), headers.get('vary')]
  }
  for (const path of ['/demo/', '/api/v1/metrics']) {
    expect(await encodingOf(path, 'gzip, br')).toEqual([200, 'gzip', 'accept-encoding'])
    expect(await encodingOf(path, 'identity')).toEqual([200, null, null])
    const [zipped, plain] = await Promise.all(
      ['gzip', 'identity'].map(async encoding =>
        (await fetch(`${url}${path}`, { headers: { 'accept-encoding': encoding } })).text(),
      ),
    )
    expect(zipped).toBe(plain)
  }
  // A short answer is not.
  expect(await encodingOf('/health', 'gzip')).toEqual([200, null, null])
})
