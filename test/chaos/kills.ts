import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '../../tools/server/store.ts'
import { randomFrom } from '../oracle/random.ts'
import { Load, type Message } from './load.ts'
import type { Outcome, Part } from './part.ts'
import { ADMIN_TOKEN, freePort, LocalServer } from './server.ts'
import { readStored } from './stored.ts'

const CLIENTS = 6
const KILLS = 200
/** A client that keeps sending until the server is killed. */
const MOST_ANSWERS = 80
/** Milliseconds. */
const LONGEST_START = 700

export interface KillsOptions {
  readonly kills: number
  readonly seed: number
  readonly store?: Store
}

export interface Kills {
  readonly kills: number
  /** Kills that came before the server answered. */
  readonly whileStarting: number
  readonly acknowledged: number
  /** Sent again because no answer arrived. */
  readonly repeated: number
  /** Acknowledged, but not stored. */
  readonly lost: readonly string[]
  /** Stored more than once. */
  readonly doubled: readonly string[]
  /** Final counts of the API, beside the acknowledged ones. */
  readonly answers: { readonly asked: Counts; readonly expected: Counts }
}

interface Counts {
  readonly pageviews: number
  readonly orders: number
}

const post = async (url: string, { path, headers, body }: Message): Promise<number> => {
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: body() })
  const text = await response.text()
  const stored = response.status === 204 || (response.status === 200 && text.includes('"refused":[]'))
  const dropped = response.headers.get('x-footfall-dropped')
  if (dropped || (!stored && response.status < 500)) throw new Error(`${path} ${response.status} ${dropped} ${text}`)
  return response.status
}

const isDisconnected = (error: unknown): boolean => error instanceof TypeError

/** Requests and their outcome. */
class Ledger {
  readonly acknowledged = new Set<string>()
  readonly seen = new Map<string, number>()
  readonly waiting: Message[] = []
  repeated = 0

  acknowledge({ marks, seen }: Message): void {
    for (const mark of marks) this.acknowledged.add(mark)
    if (seen) this.seen.set(seen.mark, Math.max(seen.milliseconds, this.seen.get(seen.mark) ?? 0))
  }

  /** Sends until the server no longer answers; unanswered requests wait. */
  async client(url: string, next: () => Message | undefined, onAnswer: () => void): Promise<void> {
    for (let message = next(); message; message = next()) {
      try {
        if ((await post(url, message)) < 500) this.acknowledge(message)
        else this.waiting.push(message)
        onAnswer()
      } catch (error) {
        if (!isDisconnected(error)) throw error
        this.waiting.push(message)
        return
      }
    }
  }

  takeWaiting(): Message | undefined {
    const message = this.waiting.shift()
    if (message) this.repeated += 1
    return message
  }

  /** Missing and duplicate events. */
  async check(dataDir: string, store?: Store): Promise<{ lost: string[]; doubled: string[] }> {
    const { counts, seen } = await readStored(dataDir, store)
    const lost = [...this.acknowledged].filter(mark => !counts.has(mark))
    const shorter = [...this.seen].filter(([mark, least]) => (seen.get(mark) ?? 0) < least).map(([mark]) => mark)
    return {
      lost: [...lost, ...shorter.map(mark => `${mark}: its time`)],
      doubled: [...counts].flatMap(([mark, count]) => (count > 1 ? [mark] : [])),
    }
  }

  expected(): Counts {
    const of = (kind: string) => [...this.acknowledged].filter(mark => mark.startsWith(kind)).length
    return { pageviews: of('view '), orders: of('order ') }
  }
}

const ask = async (url: string): Promise<Counts> => {
  const response = await fetch(`${url}/api/v1/query`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    body: JSON.stringify({ site: 'localhost', metrics: ['pageviews', 'orders'], period: 'all' }),
  })
  const { rows } = (await response.json()) as { rows: { metrics: Record<keyof Counts, { value: number }> }[] }
  return { pageviews: rows[0]?.metrics.pageviews.value ?? -1, orders: rows[0]?.metrics.orders.value ?? -1 }
}

/**
 * Kills the local server with all its processes again and again, at random moments: while it starts,
 * while the cron runs, while it stores. After each kill the tables are compared with the acknowledged
 * events; then it restarts on the same data, and unacknowledged events are sent again.
 */
export const survive = async ({ kills, seed, store }: KillsOptions): Promise<Kills> => {
  const random = randomFrom(seed)
  const load = new Load(random)
  const ledger = new Ledger()
  const dataDir = await mkdtemp(join(tmpdir(), 'footfall-torture-'))
  const port = await freePort()
  const lost = new Set<string>()
  const doubled = new Set<string>()
  let whileStarting = 0
  let server = new LocalServer(port, dataDir, store)

  const later = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds))
  const killWhileStarting = async () => {
    await later(random.next() * LONGEST_START)
    await server.kill()
    whileStarting += 1
  }
  const killWhileBusy = async () => {
    await server.ready()
    let answersLeft = 1 + random.below(MOST_ANSWERS)
    const moment = Promise.withResolvers<void>()
    const onAnswer = () => {
      answersLeft -= 1
      if (answersLeft === 0) moment.resolve()
    }
    const next = () => ledger.takeWaiting() ?? load.next()
    const clients = Array.from({ length: CLIENTS }, () => ledger.client(server.url, next, onAnswer))
    await Promise.race([moment.promise, ...clients])
    // In the middle of a request, not right after an answer.
    await later(random.next() * 8)
    await server.kill()
    await Promise.all(clients)
  }

  try {
    for (let kill = 0; kill < kills; kill++) {
      // The first start creates the tables: without them there is nothing to compare.
      await (kill > 0 && random.below(5) === 0 ? killWhileStarting() : killWhileBusy())
      const found = await ledger.check(dataDir, store)
      for (const mark of found.lost) lost.add(mark)
      for (const mark of found.doubled) doubled.add(mark)
      server = new LocalServer(port, dataDir, store)
    }
    await server.ready()
    await ledger.client(
      server.url,
      () => ledger.takeWaiting(),
      () => {},
    )
    const asked = await ask(server.url)
    await server.kill()
    const found = await ledger.check(dataDir, store)
    return {
      kills,
      whileStarting,
      acknowledged: ledger.acknowledged.size,
      repeated: ledger.repeated,
      lost: [...lost, ...found.lost],
      doubled: [...doubled, ...found.doubled],
      answers: { asked, expected: ledger.expected() },
    }
  } finally {
    await server.kill()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** The outcome of a run. */
export const outcomeOf = (result: Kills): Outcome => {
  const { kills, whileStarting, acknowledged, repeated, lost, doubled, answers } = result
  const same = JSON.stringify(answers.asked) === JSON.stringify(answers.expected)
  return {
    figures: {
      'kills survived': kills,
      'of them while starting': whileStarting,
      'records acknowledged': acknowledged,
      'bodies sent again': repeated,
      'acknowledged records lost': lost.length,
      'records stored twice': doubled.length,
    },
    failures: [
      ...lost.map(mark => `lost: ${mark}`),
      ...doubled.map(mark => `stored twice: ${mark}`),
      ...(same ? [] : [`the API counts ${JSON.stringify(answers.asked)} of ${JSON.stringify(answers.expected)}`]),
    ],
  }
}

const sumOf = (rounds: readonly Outcome[]): Outcome => {
  const names = Object.keys(rounds[0]?.figures ?? {})
  const total = (name: string) => rounds.reduce((sum, { figures }) => sum + (figures[name] ?? 0), 0)
  return {
    figures: Object.fromEntries(names.map(name => [name, total(name)])),
    failures: rounds.flatMap(({ failures }) => failures),
  }
}

/**
 * Each round begins with an empty database: a site takes so many new paths a day, and stores further ones as "(other)",
 * where a page view would look lost.
 */
export const killsPart: Part = {
  name: 'kills',
  about:
    'The local server is killed with SIGKILL at random moments under load and started again on the same data. ' +
    'What it acknowledged must be stored exactly once; what it did not acknowledge is sent again and must not be stored twice.',
  run: async (seed, times) => {
    const rounds: Outcome[] = []
    for (let round = 0; round < times; round++)
      rounds.push(outcomeOf(await survive({ kills: KILLS, seed: seed + round })))
    return sumOf(rounds)
  },
}
