import type { Context, MiddlewareHandler } from 'hono'
import { LIMITS } from '../../shared/limits'
import type { HonoEnv } from '../env'
import { sha256Hex } from '../hash'
import { Problem } from '../problem'
import { TokenBuckets } from '../tokenBuckets'
import { nameOfClient, sharedNameOfClient } from './client'

/**
 * Each isolate counts for itself. On Cloudflare, which runs many, its own counters are asked as well: one for
 * all isolates of a place.
 * @see https://developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit/
 */
const records = new TokenBuckets(LIMITS.recordsPerMinute)
const calls = new TokenBuckets(LIMITS.callsPerMinute)
const wrongKeys = new TokenBuckets(LIMITS.wrongKeysPerMinute)
const told = new TokenBuckets(1)

const MINUTE = 60

const slowDown = (c: Context<HonoEnv>, seconds: number): Problem => {
  c.header('retry-after', String(seconds))
  return new Problem(429, 'rate_limited', `Too much in a minute; go on in ${seconds} seconds.`)
}

/** Where there is none, as on a local server, nothing is asked. */
const isOver = async (
  c: Context<HonoEnv>,
  limiter: RateLimit | undefined,
  name: () => Promise<string>,
): Promise<boolean> =>
  limiter !== undefined && c.req.raw.cf?.colo !== undefined && !(await limiter.limit({ key: await name() })).success

/** Takes records from what a client may send in a minute, all its beacons together; what is wrong when it is less. */
export const takeRecords = (c: Context<HonoEnv>, client: string, count: number): Problem | null => {
  const seconds = records.take(client, count)
  return seconds > 0 ? slowDown(c, seconds) : null
}

/** What is wrong when a client sent too many beacons to all isolates together. */
export const overAll = async (c: Context<HonoEnv>): Promise<Problem | null> =>
  (await isOver(c, c.env.BEACONS, () => sharedNameOfClient(c.req.raw, c.env))) ? slowDown(c, MINUTE) : null

/** Whether a client was told to slow down within the last minute. */
export const wasTold = (client: string): boolean => told.wait(client, 1) > 0

/** Notes that a client is told to slow down: it counts once a minute, so that a flood costs no rows. */
export const noteTold = (client: string): void => {
  told.take(client, 1)
}

/**
 * Lets a key, or who comes without one, call so many times a minute, and a client be wrong about keys less
 * often.
 * @throws Problem `rate_limited`
 */
export const limitCalls: MiddlewareHandler<HonoEnv> = async (c, next) => {
  const client = await nameOfClient(c.req.raw)
  const token = c.req.header('authorization')
  const name = token === undefined ? client : await sha256Hex(token)
  const seconds = wrongKeys.wait(client, 1) || calls.take(name, 1)
  if (seconds > 0) throw slowDown(c, seconds)
  const shared = () => (token === undefined ? sharedNameOfClient(c.req.raw, c.env) : Promise.resolve(name))
  if (await isOver(c, c.env.CALLS, shared)) throw slowDown(c, MINUTE)
  await next()
  if (c.res.status === 401) wrongKeys.take(client, 1)
}
