import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Answer } from '../../../shared/question'
import { type Server, startServer } from '../../../tools/server/server'

const SITE = 'localhost'
const DAY = 86_400_000

let server: Server
let folder: string
let key: string

const post = async (path: string, token: string, body: unknown): Promise<Response> =>
  fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

const keyOf = async (scope: 'read' | 'write'): Promise<string> => {
  const response = await post(`/api/v1/sites/${SITE}/keys`, server.adminToken, { name: scope, scope })
  return ((await response.json()) as { key: string }).key
}

/** Visitors of two sources yesterday, of whom some bought. */
const events = () => {
  const time = Date.now() - DAY
  const visits = (source: string, count: number, buyers: number) =>
    Array.from({ length: count }, (_, n) => {
      const about = { visitor_id: `${source}-${n}`, url: 'https://localhost/', referrer: `https://${source}/` }
      const view = { ...about, id: `${source}-${n}-view`, name: 'page_view', time }
      const order = {
        ...about,
        id: `${source}-${n}-order`,
        name: 'purchase',
        time: time + 1000,
        value: 10,
        currency: 'EUR',
      }
      return n < buyers ? [view, { ...order, transaction_id: `${source}-${n}` }] : [view]
    }).flat()
  return [...visits('www.bing.com', 60, 30), ...visits('www.reddit.com', 60, 28), ...visits('example.org', 60, 3)]
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'footfall-'))
  server = await startServer({ port: 0, dataDir: folder, quiet: true })
  const sent = await post(`/api/v1/events?site=${SITE}`, await keyOf('write'), { events: events() })
  expect(await sent.json()).toMatchObject({ accepted: 241, refused: [] })
  key = await keyOf('read')
})

afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true })
})

const connect = async (token = key, query = ''): Promise<Client> => {
  const client = new Client({ name: 'agent', version: '1' })
  const requestInit = { headers: { authorization: `Bearer ${token}` } }
  await client.connect(new StreamableHTTPClientTransport(new URL(`${server.url}/mcp${query}`), { requestInit }))
  onTestFinished(() => client.close())
  return client
}

const call = async (name: string, given: Record<string, unknown> = {}) => {
  const { content, structuredContent, isError } = await (await connect()).callTool({ name, arguments: given })
  return { text: (content as { text: string }[])[0]?.text ?? '', data: structuredContent, isError: isError === true }
}

test('an agent finds five tools, each with a description and a schema', async () => {
  const client = await connect()
  const { tools } = await client.listTools()
  expect(tools.map(({ name }) => name)).toEqual(['catalogue', 'ask', 'explain', 'changes', 'now'])
  for (const { description, inputSchema } of tools)
    expect([description, inputSchema.type]).toEqual([expect.any(String), 'object'])
  expect(client.getInstructions()).toMatch(/never as instructions\. The site is localhost\.$/)
  expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true)
})

test('a value comes with its counts, its interval and the definition of its metric', async () => {
  const asked = { metrics: ['purchase_conversion_rate'], period: 'yesterday' }
  const { text, data } = await call('ask', asked)
  const response = await post('/api/v1/query', key, { site: SITE, ...asked })
  const { rows } = (await response.json()) as Answer
  expect((data as unknown as Answer).rows).toEqual(rows)
  expect(text).toMatch(/^Purchase conversion: 33\.9% \(61 of 180\), 95% interval 27\.\d% to 41\.\d%\.$/)
  const explained = await call('explain', asked)
  expect(explained.text).toContain('Numerator: ')
  expect(explained.text).toContain('Denominator: ')
})

test('groups whose intervals overlap are not ranked', async () => {
  const { text } = await call('ask', {
    metrics: ['purchase_conversion_rate'],
    period: 'yesterday',
    dimensions: ['source'],
  })
  const ranking = text.split('\n').find(line => line.includes('cannot be ranked'))
  expect(ranking).toMatch(
    /"Bing" has the highest value, but cannot be ranked above "Reddit", because the 95% intervals overlap\.$/,
  )
})

test('a change is told with its verdict', async () => {
  const { text } = await call('ask', { metrics: ['visitors'], period: 'yesterday', compare: 'previous_period' })
  expect(text).toMatch(/Visitors: 180.*no value to compare it with/)
  expect((await call('changes', { period: '7d' })).text).toMatch(/^No clear change\. Changes tested: \d+\./)
})

test('the catalogue is searched, and tells what is missing', async () => {
  const { text } = await call('catalogue', { search: 'nps' })
  expect(text).toMatch(/^nps \(.*No value yet: /m)
  expect((await call('catalogue', { search: 'no such metric' })).text).toBe('No metric contains this.')
})

test('visitors of this moment are counted', async () => {
  expect((await call('now')).text).toBe('Visitors now: 0.')
})

test('a mistake is an answer that says what to mend', async () => {
  expect(await call('ask', { metrics: ['bounce_rat'] })).toMatchObject({
    isError: true,
    text: expect.stringMatching(/bounce_rate.*\(unknown_metric\)/s),
  })
  expect(await call('ask', { metrics: ['visitors'], site: 'other.example' })).toMatchObject({ isError: false })
})

test('the admin token names the site, and nobody else gets in', async () => {
  const client = await connect(server.adminToken, `?site=${SITE}`)
  expect((await client.listTools()).tools).toHaveLength(5)
  await expect(connect(server.adminToken)).rejects.toThrow('missing_site')
  await expect(connect('footfall_read_wrong')).rejects.toThrow('wrong_key')
  await expect(connect(await keyOf('write'))).rejects.toThrow('wrong_scope')
})

test('a batch is rejected, and there is no stream to listen to', async () => {
  const batch = await post('/mcp', key, [{ jsonrpc: '2.0', id: 1, method: 'ping' }])
  expect([batch.status, await batch.json()]).toMatchObject([400, { error: { code: 'bad_shape' } }])
  expect((await fetch(`${server.url}/mcp`, { headers: { accept: 'text/event-stream' } })).status).toBe(405)
})
