import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Miniflare } from 'miniflare'
import { expect, onTestFinished, test } from 'vitest'
import { bundleWorker } from '../../../tools/bundle'
import { PROJECT, readWorkerConfig } from '../../../tools/config'
import { applyMigrations } from '../../../tools/server/migrate'
import { workerdOptions } from '../../../tools/server/workerd'
import { temporaryFolder } from '../../tools/folder'

const TOKEN = 'the-admin-token-of-this-very-test'
const BURST = 250
const TABLES = ['views', 'events', 'purchases', 'identities', 'reaches']

/** The commented block of wrangler.toml about queues, up to the next blank line. */
const QUEUES = /^# \[\[queues\.[\s\S]*?(?=\n\n)/m

/** wrangler.toml with that block uncommented. */
const configWithQueue = async () => {
  const text = await readFile(join(PROJECT, 'wrangler.toml'), 'utf8')
  const path = join(await temporaryFolder(), 'wrangler.toml')
  await writeFile(
    path,
    text.replace(QUEUES, block => block.replace(/^# ?/gm, '')),
  )
  const { options } = readWorkerConfig(path)
  return { producers: options.queueProducers, consumers: options.queueConsumers as Record<string, object> }
}

/** A minute is too long for a test. */
const SOON = { maxBatchTimeout: 0.1, retryDelay: 1 }

/** The Worker in workerd with the queues of Miniflare, and a site. */
const start = async (consumers: (written: Record<string, object>) => Record<string, object>) => {
  const written = await configWithQueue()
  const config = readWorkerConfig()
  const options = { ...config.options, queueProducers: written.producers, queueConsumers: consumers(written.consumers) }
  const script = await bundleWorker({ ...config, main: join(PROJECT, 'test/tools/busyWorker.ts') })
  const local = { host: '127.0.0.1', port: 0, dataDir: await temporaryFolder(), adminToken: TOKEN, demo: false }
  const miniflare = new Miniflare(
    workerdOptions({ ...config, options } as typeof config, script, { ...local, quiet: true }),
  )
  onTestFinished(() => miniflare.dispose())
  const { origin } = await miniflare.ready
  const db = await miniflare.getD1Database('DB')
  await applyMigrations(db, config.migrationsDir)
  const ask = (path: string, body?: string, headers: Record<string, string> = {}) =>
    fetch(`${origin}${path}`, body === undefined ? {} : { method: 'POST', headers, body })
  const site = await ask('/api/v1/sites', '{"domain":"shop.example"}', { authorization: `Bearer ${TOKEN}` })
  expect(site.status).toBe(201)
  const rows = async (): Promise<Record<string, string[]>> => {
    const results = await db.batch(TABLES.map(table => db.prepare(`select * from ${table}`)))
    return Object.fromEntries(
      TABLES.map((table, n) => [table, (results[n]?.results ?? []).map(row => JSON.stringify(row)).sort()]),
    )
  }
  const empty = () => db.batch([...TABLES, 'dirty'].map(table => db.prepare(`delete from ${table}`)))
  const refused = async (): Promise<string[]> => (await ask('/refused')).json()
  return { ask, rows, empty, refused }
}

type Started = Awaited<ReturnType<typeof start>>

const agent = (n: number) => `Mozilla/5.0 (X11; Linux x86_64; rv:${n}.0) Gecko/20100101 Firefox/${n}.0`

/** One body per visitor, built once, so that it can be sent twice. */
const beacons = (count: number) => {
  const now = Date.now()
  return Array.from({ length: count }, (_, n) => {
    const at = (i: number, more: object = {}) => ({
      i: n * 10 + i,
      t: now,
      u: `https://shop.example/${n % 7}`,
      ...more,
    })
    const records = [
      at(1, { m: 1_000, d: 50, c: 1 }),
      at(2, { k: 'add_to_cart', o: { value: n } }),
      at(3, { k: 'purchase', o: { value: n, transaction_id: `T${n}` } }),
      at(4, { k: 'identify', o: { user_id: `u${n}` } }),
    ]
    return { body: JSON.stringify({ v: 1, s: 'shop.example', n: now, e: records }), n }
  })
}

const sendAll = ({ ask }: Started, all: ReturnType<typeof beacons>) =>
  Promise.all(
    all.map(async ({ body, n }) => {
      const headers = { 'content-type': 'text/plain', 'user-agent': agent(100 + n), 'cf-connecting-ip': '192.0.2.1' }
      return (await ask('/v1/e', body, headers)).status
    }),
  )

test('the commented lines of wrangler.toml bind a queue, its consumer and its dead-letter queue', async () => {
  const { producers, consumers } = await configWithQueue()
  expect(producers).toMatchObject({ QUEUE: { queueName: 'footfall' } })
  expect(consumers).toMatchObject({
    footfall: { maxBatchSize: 100, maxRetries: 100, retryDelay: 60, deadLetterQueue: 'footfall-dead' },
  })
  expect(readWorkerConfig().options).toMatchObject({ queueProducers: {}, queueConsumers: {} })
})

test('a burst that overloads the database is stored from the queue as it would have been at once', async () => {
  const started = await start(({ footfall }) => ({ footfall: { ...footfall, ...SOON } }))
  const { ask, rows, empty, refused } = started
  const burst = beacons(BURST)
  // The dictionaries, site and salt are known; the rows are deleted again.
  expect(new Set(await sendAll(started, burst))).toEqual(new Set([204]))
  const direct = await rows()
  expect(direct.views?.length).toBe(BURST)
  await empty()

  await ask('/busy')
  expect(new Set(await sendAll(started, burst))).toEqual(new Set([204]))
  await expect.poll(async () => (await refused()).length, { timeout: 20_000 }).toBeGreaterThan(0)
  expect((await rows()).views).toEqual([])
  await ask('/calm')
  await expect.poll(async () => (await rows()).views?.length, { timeout: 30_000 }).toBe(BURST)
  expect(await rows()).toEqual(direct)
})

test('messages on the dead-letter queue are stored once that queue is consumed', async () => {
  const started = await start(({ footfall }) => ({
    footfall: { ...footfall, ...SOON, maxRetries: 0 },
    'footfall-dead': { ...footfall, ...SOON, deadLetterQueue: undefined },
  }))
  const { ask, rows, empty, refused } = started
  const few = beacons(20)
  await sendAll(started, few)
  const direct = await rows()
  await empty()

  await ask('/busy')
  expect(new Set(await sendAll(started, few))).toEqual(new Set([204]))
  await expect.poll(refused, { timeout: 20_000 }).toContain('footfall-dead')
  await ask('/calm')
  await expect.poll(async () => (await rows()).views?.length, { timeout: 30_000 }).toBe(20)
  expect(await rows()).toEqual(direct)
})
