import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { LIMITS } from '../limits'
import type { ImportBatch, ImportedEvent } from './importFormat'
import { sendBatches } from './sendBatches'

type Answer = readonly [status: number, body: unknown]

/** A collector that answers calls by their number, and the bodies that it got. */
const collector = async (answer: (call: number, lines: readonly string[]) => Answer) => {
  const bodies: string[] = []
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const [status, answered] = answer(bodies.push(body), body.split('\n'))
    response.writeHead(status).end(JSON.stringify(answered))
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', () => listening()))
  onTestFinished(() => void server.close())
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies }
}

const stored = (lines: readonly string[]): Answer => [200, { accepted: lines.length }]

const inBatches = async function* (batches: readonly (readonly ImportedEvent[])[]): AsyncGenerator<ImportBatch> {
  for (const rows of batches) yield { kind: 'events', rows }
}

const SITE = { domain: 'shop.example', source: 'umami', key: 'k' }

test('a call that fails while the source is slow ends the import', async () => {
  const { origin, bodies } = await collector((call, lines) => (call === 1 ? [400, {}] : stored(lines)))
  const full = Array.from({ length: LIMITS.eventsPerCall }, (_, n) => ({ name: `e${n}` }))
  const batches = (async function* (): AsyncGenerator<ImportBatch> {
    yield* inBatches([full, full])
    await expect.poll(() => bodies.length).toBe(1)
    // The answer has arrived once another request on the same connection has.
    await fetch(origin, { method: 'POST', body: 'x' })
    yield* inBatches([full, full])
  })()
  await expect(sendBatches(batches, { ...SITE, origin })).rejects.toThrow('responded with 400')
  expect(bodies.filter(body => body !== 'x')).toHaveLength(1)
})

test('the last call fails the import, too', async () => {
  const { origin } = await collector(() => [403, {}])
  await expect(sendBatches(inBatches([[{ name: 'a' }]]), { ...SITE, origin })).rejects.toThrow('responded with 403')
})

test('calls stay below the bytes that the collector takes', async () => {
  const { origin, bodies } = await collector((_, lines) => stored(lines))
  const rows = Array.from({ length: 600 }, () => ({ name: 'a', properties: { text: '漢'.repeat(3_000) } }))
  expect(await sendBatches(inBatches([rows]), { ...SITE, origin })).toMatchObject({ accepted: 600 })
  expect(Math.max(...bodies.map(body => Buffer.byteLength(body)))).toBeLessThan(LIMITS.eventsBytes)
})

test('an example of a refused row shows neither its address nor its user agent', async () => {
  const { origin } = await collector(() => [
    200,
    { accepted: 0, refused: [{ index: 0, code: 'bad_time', message: 'No.' }] },
  ])
  const row = { name: 'a', ip: '203.0.113.9', user_agent: 'Mozilla/5.0' }
  const { refused } = await sendBatches(inBatches([[row]]), { ...SITE, origin })
  expect(refused.get('bad_time')?.examples).toEqual(['{"name":"a","ip":"(not shown)","user_agent":"(not shown)"}'])
})
