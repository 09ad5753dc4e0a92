import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { type Server, startServer } from '../../tools/server/server'
import { temporaryFolder } from './folder'

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0'

const start = async (trustProxy: string): Promise<Server & { readonly dataDir: string }> => {
  const dataDir = await temporaryFolder()
  const server = await startServer({ port: 0, dataDir, trustProxy, quiet: true })
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

/** Visitors that differ by address: the User-Agent is always the same. */
const stored = async ({ dataDir }: { readonly dataDir: string }, columns: string): Promise<unknown> => {
  const folder = join(dataDir, 'd1/miniflare-D1DatabaseObject')
  const file = (await readdir(folder)).find(name => /^[0-9a-f]+\.sqlite$/.test(name)) ?? ''
  const db = new DatabaseSync(join(folder, file), { readOnly: true })
  const row = db.prepare(`select ${columns} as value from views`).get()
  db.close()
  return row?.value
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

test('a location cannot be forged, and only a trusted proxy sets the scheme', async () => {
  const server = await start('127.0.0.2')
  await view(server, { 'mf-cf-blob': '{"country":"SE","city":"Malmö"}' })
  expect(await stored(server, 'max(place)')).toBe(null)
  const cookieOf = async (localAddress: string) => {
    const body = new URLSearchParams({ token: server.adminToken }).toString()
    const headers = {
      'x-forwarded-proto': 'https',
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    }
    const sent = request(`${server.url}/login`, { method: 'POST', localAddress, headers })
    sent.end(body)
    const [answer] = await once(sent, 'response')
    answer.resume()
    return answer.headers['set-cookie'][0].includes('Secure')
  }
  expect([await cookieOf('127.0.0.1'), await cookieOf('127.0.0.2')]).toEqual([false, true])
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
