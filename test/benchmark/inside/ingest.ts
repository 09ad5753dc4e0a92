import worker from '../../../worker'
import type { Env } from '../../../worker/env'
import { randomFrom, zipf } from '../random'
import { CONTENT_SITE } from '../simulate'
import { addressOf, agentOf } from './agents'
import { bare, makeBareTable } from './bare'
import { benchSite, DOMAIN } from './site'
import { timed } from './timed'

const VISITORS = 200

/** Answers one request; the same for the whole Worker and the bare one. */
type Handle = (request: Request) => Promise<Response>

/** A page view to be sent: `t` is set when it begins. */
interface View {
  readonly visitor: number
  readonly record: { readonly i: number; readonly u: string; readonly r: string; t: number }
}

interface Beacon {
  readonly view: View
  readonly left: boolean
}

/** The number of other pages that begin before one is left. */
const MEANWHILE = 20

const pageOf = (path: number): string => `https://${DOMAIN}/articles/${path}/a-title-of-some-length`
const sourceOf = (source: number): string => `https://source-${source}.example/`

const views = (count: number, seed: number): readonly View[] => {
  const random = randomFrom(seed)
  const path = zipf(CONTENT_SITE.paths, random)
  const source = zipf(CONTENT_SITE.sources, random)
  return Array.from({ length: count }, () => ({
    visitor: Math.floor(random() * VISITORS),
    record: {
      i: Math.floor(random() * 2 ** 31),
      u: pageOf(path()),
      r: random() < 0.7 ? sourceOf(source()) : '',
      t: 0,
    },
  }))
}

/** Page views of the simulated site as browsers send them: on begin and on leave. */
const beacons = (count: number, seed: number): readonly Beacon[] => {
  const list = views(count / 2, seed)
  const begun = list.map((view, at) => ({ view, left: false, at }))
  const left = list.map((view, at) => ({ view, left: true, at: at + MEANWHILE + 0.5 }))
  return [...begun, ...left].sort((a, b) => a.at - b.at)
}

const requestOf = ({ view: { visitor, record }, left }: Beacon): Request => {
  const now = Date.now()
  if (!left) record.t = now
  const totals = left ? { m: 900, c: 1, d: 40 } : { m: 0, c: 0 }
  const body = JSON.stringify({ v: 1, s: DOMAIN, n: now, e: [{ ...record, ...totals }] })
  const headers = {
    'content-type': 'text/plain;charset=UTF-8',
    'content-length': String(body.length),
    origin: `https://${DOMAIN}`,
    'user-agent': agentOf(visitor),
    'accept-language': 'en-GB,en;q=0.9',
    'cf-connecting-ip': addressOf(visitor),
  }
  return new Request('https://stats.example/v1/e', { method: 'POST', headers, body })
}

/** Keeps several requests in flight until all are answered. */
const send = async (handle: Handle, list: readonly Beacon[], atATime: number): Promise<void> => {
  const left = list.values()
  const sender = async (): Promise<void> => {
    for (const beacon of left) {
      const response = await handle(requestOf(beacon))
      const dropped = response.headers.get('x-footfall-dropped')
      if (response.status !== 204 || dropped) {
        throw new Error(`a beacon was answered ${response.status} ${dropped ?? (await response.text())}`)
      }
    }
  }
  await Promise.all(Array.from({ length: atATime }, sender))
}

export interface Round {
  /** Milliseconds of the whole Worker and of the bare one. */
  readonly wholeMs: number
  readonly bareMs: number
}

const handlesOf = (env: Env): { readonly whole: Handle; readonly plain: Handle } => {
  const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} } as unknown as ExecutionContext
  return { whole: async request => worker.fetch(request, env, context), plain: request => bare.fetch(request, env) }
}

/** Creates the site and sends every page and source once, as on a site that existed yesterday. */
export const prepareIngest = async (env: Env): Promise<void> => {
  await benchSite(env.DB)
  await makeBareTable(env.DB)
  const { whole, plain } = handlesOf(env)
  const every = views(CONTENT_SITE.paths, 1).map((view, at) => {
    const [path, source] = [at, at % CONTENT_SITE.sources]
    return { ...view, record: { ...view.record, u: pageOf(path), r: sourceOf(source) } }
  })
  const list = every.map(view => ({ view, left: false }))
  await send(whole, list, 1)
  await send(plain, list, 1)
}

/** The same beacons to both, one after the other; the order alternates by round. */
export const measureRound = async (env: Env, round: number, count: number, atATime: number): Promise<Round> => {
  const { whole, plain } = handlesOf(env)
  const list = beacons(count, round + 2)
  const wholeOnce = () => timed(() => send(whole, list, atATime))
  const bareOnce = () => timed(() => send(plain, list, atATime))
  if (round % 2 === 0) {
    const { ms } = await wholeOnce()
    return { wholeMs: ms, bareMs: (await bareOnce()).ms }
  }
  const { ms } = await bareOnce()
  return { wholeMs: (await wholeOnce()).ms, bareMs: ms }
}
