import type { Context, MiddlewareHandler } from 'hono'
import { LIMITS } from '../../shared/limits'
import type { HonoEnv } from '../env'
import { sha256Hex } from '../lib/hash'
import { Problem } from '../lib/problem'
import { type BucketName, TokenBuckets } from '../lib/tokenBuckets'
import type { SiteEngine } from '../site'
import { bearer, isAdmin } from './auth'
import { nameOfClient, sharedNameOfClient } from './client'

/**
 * Each isolate counts for itself. On Cloudflare, which runs many, its own counters are asked as well: one for
 * all isolates of a place.
 * @see https://developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit/
 */
const records = new TokenBuckets(LIMITS.recordsPerMinute)
const bytes = new TokenBuckets(LIMITS.bytesPerMinute)
const calls = new TokenBuckets(LIMITS.callsPerMinute)
const wrongKeys = new TokenBuckets(LIMITS.wrongKeysPerMinute)
const told = new TokenBuckets(1)

const MINUTE = 60

const tooMuch = (c: Context<HonoEnv>, seconds: number, code: string, message: string): Problem => {
  c.header('retry-after', String(seconds))
  return new Problem(429, code, message)
}

const slowDown = (c: Context<HonoEnv>, seconds: number): Problem =>
  tooMuch(c, seconds, 'rate_limited', `Too much in a minute; go on in ${seconds} seconds.`)

/** The binding, where it counts for several isolates: not on a local server. */
const shared = (c: Context<HonoEnv>, limiter: RateLimit | undefined): RateLimit | undefined =>
  c.req.raw.cf?.colo === undefined ? undefined : limiter

const isOver = async (limiter: RateLimit, key: string): Promise<boolean> => !(await limiter.limit({ key })).success

/** Takes records from what a client may send in a minute, all its beacons together; what is wrong when it is less. */
export const takeRecords = (c: Context<HonoEnv>, client: number, count: number): Problem | null => {
  if (count === 0) return null
  const seconds = records.take(client, count)
  return seconds > 0 ? slowDown(c, seconds) : null
}

/** Takes bytes from what a client may send in a minute; what is wrong when it is less. */
export const takeBytes = (c: Context<HonoEnv>, client: number, count: number): Problem | null => {
  const seconds = bytes.take(client, count)
  if (seconds === 0) return null
  return tooMuch(c, seconds, 'too_many_bytes', `Too many bytes in a minute; send more in ${seconds} seconds.`)
}

/** What is wrong when the browsers of a site have sent as much today as the site takes. */
export const overDailyBytes = (c: Context<HonoEnv>, site: SiteEngine): Problem | null => {
  const seconds = site.secondsUntilBytes()
  if (seconds === 0) return null
  const { domain, settings } = site.config
  return tooMuch(
    c,
    seconds,
    'daily_bytes',
    `Browsers have sent the ${settings.daily_bytes} bytes that ${domain} takes in a UTC day; raise settings.daily_bytes, or wait for the next day.`,
  )
}

/** What is wrong when a client sent too many beacons to all isolates together. */
export const overAll = (c: Context<HonoEnv>): null | Promise<Problem | null> => {
  const limiter = shared(c, c.env.BEACONS)
  return limiter ? askAll(c, limiter) : null
}

const askAll = async (c: Context<HonoEnv>, limiter: RateLimit): Promise<Problem | null> =>
  (await isOver(limiter, await sharedNameOfClient(c.req.raw, c.env))) ? slowDown(c, MINUTE) : null

/** Whether a client, or all of a site's, was told to slow down within the last minute. */
export const wasTold = (name: BucketName): boolean => told.wait(name, 1) > 0

/** Notes that a client, or all of a site's, is told to slow down: that counts once a minute, so that a flood costs no rows. */
export const noteTold = (name: BucketName): void => {
  told.take(name, 1)
}

/** Who calls, by the key, or without one by the address; `null` for the owner, who may call as often as it takes. */
const callerOf = async (c: Context<HonoEnv>, client: number): Promise<BucketName | null> => {
  const token = bearer(c)
  if (token === undefined) return client
  return (await isAdmin(c, token)) ? null : sha256Hex(token)
}

const overCalls = async (c: Context<HonoEnv>, caller: BucketName, isClient: boolean): Promise<Problem | null> => {
  const seconds = calls.take(caller, 1)
  if (seconds > 0) return slowDown(c, seconds)
  const limiter = shared(c, c.env.CALLS)
  if (!limiter) return null
  const key = isClient ? await sharedNameOfClient(c.req.raw, c.env) : String(caller)
  return (await isOver(limiter, key)) ? slowDown(c, MINUTE) : null
}

/**
 * Lets a key, or who comes without one, call so many times a minute, and a client be wrong about keys less
 * often.
 * @throws Problem `rate_limited`
 */
export const limitCalls: MiddlewareHandler<HonoEnv> = async (c, next) => {
  const client = nameOfClient(c.req.raw)
  const guessing = wrongKeys.wait(client, 1)
  if (guessing > 0) throw slowDown(c, guessing)
  const caller = await callerOf(c, client)
  const over = caller === null ? null : await overCalls(c, caller, caller === client)
  if (over) throw over
  await next()
  if (c.res.status === 401) wrongKeys.take(client, 1)
}
