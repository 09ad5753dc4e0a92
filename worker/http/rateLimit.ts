import type { Context, MiddlewareHandler } from 'hono'
import { LIMITS } from '../../shared/limits'
import type { HonoEnv } from '../env'
import { sha256Hex } from '../lib/hash'
import { Problem } from '../lib/problem'
import { type BucketName, TokenBuckets } from '../lib/tokenBuckets'
import type { SiteEngine } from '../site'
import { bearer, isAdmin } from './auth'
import { nameOfClient, sharedNameOfClient } from './client'
import { isShareKey } from './shareKey'

/**
 * Each isolate counts for itself. Cloudflare runs many, so its rate limit bindings count for all isolates of a location
 * as well.
 * @see https://developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit/
 */
const records = new TokenBuckets(LIMITS.recordsPerMinute)
const bytes = new TokenBuckets(LIMITS.bytesPerMinute)
const calls = new TokenBuckets(LIMITS.callsPerMinute)
const wrongKeys = new TokenBuckets(LIMITS.wrongKeysPerMinute)
const challenges = new TokenBuckets(LIMITS.challengesPerMinute)
const passwords = new TokenBuckets(LIMITS.passwordsPerMinute)
const limited = new TokenBuckets(1)

const MINUTE = 60

const tooMuch = (c: Context<HonoEnv>, seconds: number, code: string, message: string): Problem => {
  c.header('retry-after', String(seconds))
  return new Problem(429, code, message)
}

const slowDown = (c: Context<HonoEnv>, seconds: number): Problem =>
  tooMuch(c, seconds, 'rate_limited', `Too many requests. Retry in ${seconds} seconds.`)

/** The binding, where it counts for several isolates. A local server has one. */
const shared = (c: Context<HonoEnv>, limiter: RateLimit | undefined): RateLimit | undefined =>
  c.req.raw.cf?.colo === undefined ? undefined : limiter

const isOver = async (limiter: RateLimit, key: string): Promise<boolean> => !(await limiter.limit({ key })).success

/** Counts records against a client's limit per minute, over all its beacons. Returns the problem when it is exceeded. */
export const takeRecords = (c: Context<HonoEnv>, client: number, count: number): Problem | null => {
  if (count === 0) return null
  const seconds = records.take(client, count)
  return seconds > 0 ? slowDown(c, seconds) : null
}

/** Counts bytes against a client's limit per minute. Returns the problem when it is exceeded. */
export const takeBytes = (c: Context<HonoEnv>, client: number, count: number): Problem | null => {
  const seconds = bytes.take(client, count)
  if (seconds === 0) return null
  return tooMuch(c, seconds, 'too_many_bytes', `Too many bytes in one minute. Retry in ${seconds} seconds.`)
}

/**
 * Counts a challenge against a client's limit per minute.
 * @throws Problem `rate_limited`
 */
export const requireFewChallenges = (c: Context<HonoEnv>): void => {
  const seconds = challenges.take(nameOfClient(c.req.raw), 1)
  if (seconds > 0) throw slowDown(c, seconds)
}

/**
 * Counts a try of a share's password against a client's limit per minute.
 * @throws Problem `rate_limited`
 */
export const requireFewPasswords = (c: Context<HonoEnv>): void => {
  const seconds = passwords.take(nameOfClient(c.req.raw), 1)
  if (seconds > 0) throw slowDown(c, seconds)
}

/** The problem when browsers have sent a site's daily limit of bytes. */
export const overDailyBytes = (c: Context<HonoEnv>, site: SiteEngine): Problem | null => {
  const seconds = site.secondsUntilBytes()
  if (seconds === 0) return null
  const { domain, settings } = site.config
  return tooMuch(
    c,
    seconds,
    'daily_bytes',
    `${domain} has reached its limit of ${settings.daily_bytes} bytes from browsers for this UTC day. Raise settings.daily_bytes or wait until tomorrow.`,
  )
}

/** The problem when a client sent too many beacons to all isolates together. */
export const overAll = (c: Context<HonoEnv>): null | Promise<Problem | null> => {
  const limiter = shared(c, c.env.BEACONS)
  return limiter ? askAll(c, limiter) : null
}

const askAll = async (c: Context<HonoEnv>, limiter: RateLimit): Promise<Problem | null> =>
  (await isOver(limiter, await sharedNameOfClient(c.req.raw, c.env))) ? slowDown(c, MINUTE) : null

/** Whether a client, or all clients of a site, got a 429 within the last minute. */
export const wasLimited = (name: BucketName): boolean => limited.wait(name, 1) > 0

/** Records that a client, or all clients of a site, get a 429. It is counted once a minute, so a flood costs no rows. */
export const noteLimited = (name: BucketName): void => {
  limited.take(name, 1)
}

/** The caller's name by key or, without one or with that of a share, by address; `null` for the owner, who has no limit. */
const callerOf = async (c: Context<HonoEnv>, client: number): Promise<BucketName | null> => {
  const token = bearer(c)
  if (token === undefined || isShareKey(token)) return client
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
 * Limits webhooks per minute by client. Wrong signatures are not counted as wrong keys: nobody guesses a signature, and
 * many shops share the addresses of one provider, which sends to any collector what any of its customers asks for.
 * @throws Problem `rate_limited`
 */
export const limitHooks: MiddlewareHandler<HonoEnv> = async (c, next) => {
  const over = await overCalls(c, `hooks ${nameOfClient(c.req.raw)}`, true)
  if (over) throw over
  await next()
}

/**
 * Limits calls per minute by key or, without one, by client, and wrong keys per client more strictly.
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
