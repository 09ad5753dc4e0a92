import { readdir } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { startServer } from '../../tools/server/server.ts'
import { inFolder } from '../benchmark/folders.ts'
import { ADMIN_TOKEN } from './server.ts'

const VISITORS = 5_000
const PAGES = 50
/** Milliseconds between overviews. */
const OVERVIEW = 5_000
/** Milliseconds between runs of the cron. */
const CRON = 10_000
/** Milliseconds between looks at how many beacons are due. */
const TICK = 5

export interface BeaconLoadOptions {
  /** Beacons a second. */
  readonly rate: number
  readonly seconds: number
}

export interface BeaconLoad {
  readonly rate: number
  /** Beacons answered 204. */
  readonly acknowledged: number
  /** Beacons not answered 204 and overviews not answered 200. */
  readonly failed: number
  /** Acknowledged, but not stored. */
  readonly lost: number
  /** Milliseconds until 50 and 99 of 100 beacons were answered. */
  readonly median: number
  readonly p99: number
  /** Milliseconds of the slowest overview. */
  readonly slowestOverview: number
}

interface Reply {
  readonly status: number
  readonly milliseconds: number
}

type Send = (path: string, headers: Readonly<Record<string, string>>, body: string) => Promise<Reply>

const sender = (url: string, agent: Agent): Send => {
  return (path, headers, body) => {
    const { promise, resolve } = Promise.withResolvers<Reply>()
    const began = performance.now()
    const end = (status: number) => resolve({ status, milliseconds: performance.now() - began })
    const sent = request(`${url}${path}`, { method: 'POST', agent, headers }, answer => {
      answer.resume()
      answer.on('end', () => end(answer.statusCode ?? 0))
    })
    sent.on('error', () => end(0))
    sent.end(body)
    return promise
  }
}

const sendBeacon = (send: Send, number: number): Promise<Reply> => {
  const visitor = number % VISITORS
  const headers = {
    'content-type': 'text/plain;charset=UTF-8',
    'user-agent': `Mozilla/5.0 (X11; Linux x86_64; rv:${100 + (visitor % 40)}.0) Gecko/20100101 Firefox/143.0`,
    'x-forwarded-for': `10.${visitor >> 8}.${visitor & 255}.1`,
  }
  const now = Date.now()
  const record = { i: number, t: now, u: `http://localhost/articles/${number % PAGES}` }
  return send('/v1/e', headers, JSON.stringify({ v: 1, s: 'localhost', n: now, e: [record] }))
}

const OVERVIEW_QUESTIONS = [
  { metrics: ['visitors', 'sessions', 'pageviews', 'session_duration', 'bounce_rate'], compare: 'previous_period' },
  { metrics: ['visitors', 'pageviews'], granularity: 'day' },
  { metrics: ['pageviews', 'visitors'], dimensions: ['page'], limit: 10 },
  { metrics: ['sessions'], dimensions: ['channel'] },
].map(question => ({ site: 'localhost', period: '30d', ...question }))

const sendOverview = (send: Send): Promise<Reply> =>
  send('/api/v1/query', { authorization: `Bearer ${ADMIN_TOKEN}` }, JSON.stringify(OVERVIEW_QUESTIONS))

const countPageViews = async (dataDir: string): Promise<number> => {
  const folder = join(dataDir, 'd1/miniflare-D1DatabaseObject')
  const name = (await readdir(folder)).find(one => /^[0-9a-f]{64}\.sqlite$/.test(one)) ?? ''
  const db = new DatabaseSync(join(folder, name))
  try {
    return Number(db.prepare('select count(*) as count from views').get()?.count)
  } finally {
    db.close()
  }
}

const percentile = (numbers: readonly number[], share: number): number => {
  const sorted = [...numbers].sort((one, other) => one - other)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
}

/** Calls `begin` each time that so many milliseconds have passed, and waits for all that it began. */
const regularly = async (interval: number, until: number, begin: () => Promise<void>): Promise<void> => {
  const began = performance.now()
  const pending: Promise<void>[] = []
  while (performance.now() < until) {
    const due = Math.floor((performance.now() - began) / interval)
    while (pending.length < due) pending.push(begin())
    await pause(TICK)
  }
  await Promise.all(pending)
}

/**
 * Sends beacons to the local server at a fixed rate, whether it keeps up or not, with an overview every five seconds and
 * the cron every ten. The client runs on the same machine.
 */
export const sendBeacons = ({ rate, seconds }: BeaconLoadOptions): Promise<BeaconLoad> =>
  inFolder(async dataDir => {
    const options = { port: 0, dataDir, adminToken: ADMIN_TOKEN, trustProxy: 'loopback', quiet: true }
    const server = await startServer(options)
    // The server closes idle connections after five seconds.
    const agent = new Agent({ keepAlive: true, maxSockets: 256, timeout: 4_000 })
    const send = sender(server.url, agent)
    const beacons: Reply[] = []
    const overviews: Reply[] = []
    let sent = 0
    try {
      const until = performance.now() + seconds * 1000
      await Promise.all([
        regularly(1000 / rate, until, async () => void beacons.push(await sendBeacon(send, ++sent))),
        regularly(OVERVIEW, until, async () => void overviews.push(await sendOverview(send))),
        regularly(CRON, until, () => server.runCron()),
      ])
    } finally {
      agent.destroy()
      await server.stop()
    }
    const acknowledged = beacons.filter(({ status }) => status === 204).length
    const times = beacons.map(({ milliseconds }) => milliseconds)
    return {
      rate,
      acknowledged,
      failed: beacons.length - acknowledged + overviews.filter(({ status }) => status !== 200).length,
      lost: acknowledged - (await countPageViews(dataDir)),
      median: percentile(times, 0.5),
      p99: percentile(times, 0.99),
      slowestOverview: percentile(
        overviews.map(({ milliseconds }) => milliseconds),
        1,
      ),
    }
  })
