import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { CookieOptions } from 'hono/utils/cookie'
import type { HonoEnv } from '../env'
import { randomHex, sha256Hex } from '../lib/hash'
import { Problem } from '../lib/problem'
import type { SignedInBy, SignIn } from '../storage/signIns'
import { directoryOf } from './directoryOf'

const COOKIE = 'footfall_session'
const SECONDS = 30 * 86_400
/** Bytes. */
const TOKEN = 32

/** Only a local server is reached without TLS, and browsers store no `Secure` cookie of it. */
const hasTls = (c: Context<HonoEnv>): boolean =>
  new URL(c.req.url).protocol === 'https:' || c.req.raw.cf?.colo !== undefined

/** Of cookies that no script and no other site can use. */
export const cookieAttributes = (c: Context<HonoEnv>): CookieOptions => ({
  path: '/',
  httpOnly: true,
  sameSite: 'Strict',
  secure: hasTls(c),
})

/**
 * Binds a session to the admin token it began with. The cookie is random and the digest stays in the database: trying
 * admin tokens offline would need both.
 */
const digestOf = (token: string, adminToken: string): Promise<string> => sha256Hex(`${token}\n${adminToken}`)

/** The digest of the request's cookie, `null` without one. */
const digestIn = async (c: Context<HonoEnv>): Promise<string | null> => {
  const token = getCookie(c, COOKIE)
  return token && c.env.ADMIN_TOKEN ? digestOf(token, c.env.ADMIN_TOKEN) : null
}

/** Signs a browser in for 30 days. Its earlier sign-in ends, so that no copy of that cookie outlives it. */
export const startSession = async (c: Context<HonoEnv>, adminToken: string, by: SignedInBy): Promise<void> => {
  const token = randomHex(TOKEN)
  const expires = Date.now() + SECONDS * 1000
  await directoryOf(c).addSignIn(await digestOf(token, adminToken), by, expires, await digestIn(c))
  setCookie(c, COOKIE, token, { ...cookieAttributes(c), maxAge: SECONDS })
}

/** Signs a browser out on the server too, so that a copy of its cookie is worthless. */
export const endSession = async (c: Context<HonoEnv>): Promise<void> => {
  const digest = await digestIn(c)
  if (digest !== null) await directoryOf(c).removeSignIn(digest)
  deleteCookie(c, COOKIE, cookieAttributes(c))
}

/** The sign-in of a request's cookie, `null` without one. */
export const readSession = async (c: Context<HonoEnv>): Promise<SignIn | null> => {
  // A request without the cookie costs no look-up.
  const digest = c.req.header('cookie') ? await digestIn(c) : null
  return digest === null ? null : directoryOf(c).findSignIn(digest)
}

/**
 * A browser sends the cookie with requests from any page; only pages of this address may use it.
 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site not sent over plain http
 * @throws Problem `cross_site`
 */
export const requireSameOrigin = (c: Context<HonoEnv>): void => {
  if (c.req.header('sec-fetch-site') === 'same-origin') return
  if (c.req.header('origin') === new URL(c.req.url).origin) return
  throw new Problem(403, 'cross_site', 'Only pages of this address may use its cookie. Send an API key instead.')
}
