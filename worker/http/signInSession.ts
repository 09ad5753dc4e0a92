import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { CookieOptions } from 'hono/utils/cookie'
import type { HonoEnv } from '../env'
import { randomHex, sha256Hex } from '../lib/hash'
import { Problem } from '../lib/problem'
import type { AccessKey } from '../storage/accessKeys'
import type { SignIn } from '../storage/signIns'
import { directoryOf } from './directoryOf'

const COOKIE = 'footfall_session'
const SECONDS = 30 * 86_400
/** Bytes. */
const TOKEN = 32

/** Only a server of one's own can be reached without TLS: a browser keeps no `Secure` cookie of it. */
const hasTls = (c: Context<HonoEnv>): boolean =>
  new URL(c.req.url).protocol === 'https:' || c.req.raw.cf?.colo !== undefined

const attributes = (c: Context<HonoEnv>): CookieOptions => ({
  path: '/',
  httpOnly: true,
  sameSite: 'Strict',
  secure: hasTls(c),
})

/**
 * Binds a session to the admin token of the day it began. The cookie is random and the digest stays in the database:
 * without both of them nobody can try admin tokens against it.
 */
const digestOf = (token: string, adminToken: string): Promise<string> => sha256Hex(`${token}\n${adminToken}`)

/** The digest of the request's cookie, `null` without one. */
const digestIn = async (c: Context<HonoEnv>): Promise<string | null> => {
  const token = getCookie(c, COOKIE)
  return token && c.env.ADMIN_TOKEN ? digestOf(token, c.env.ADMIN_TOKEN) : null
}

/** Signs a browser in for 30 days. */
export const startSession = async (
  c: Context<HonoEnv>,
  adminToken: string,
  asker: 'admin' | AccessKey,
): Promise<void> => {
  const token = randomHex(TOKEN)
  const key = asker === 'admin' ? null : asker.id
  await directoryOf(c).addSignIn(await digestOf(token, adminToken), key, Date.now() + SECONDS * 1000)
  setCookie(c, COOKIE, token, { ...attributes(c), maxAge: SECONDS })
}

/** Signs a browser out on the server too: a copy of its cookie is worth nothing from then on. */
export const endSession = async (c: Context<HonoEnv>): Promise<void> => {
  const digest = await digestIn(c)
  if (digest !== null) await directoryOf(c).removeSignIn(digest)
  deleteCookie(c, COOKIE, attributes(c))
}

/** Who a request's cookie signed in, `null` without a session. */
export const readSession = async (c: Context<HonoEnv>): Promise<SignIn | null> => {
  // A request without the cookie costs no look-up.
  const digest = c.req.header('cookie') ? await digestIn(c) : null
  return digest === null ? null : directoryOf(c).findSignIn(digest)
}

/**
 * A browser sends a cookie whoever wrote the page that asks; only pages of this address may ask with it.
 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site not sent over plain http
 * @throws Problem `cross_site`
 */
export const requireSameOrigin = (c: Context<HonoEnv>): void => {
  if (c.req.header('sec-fetch-site') === 'same-origin') return
  if (c.req.header('origin') === new URL(c.req.url).origin) return
  throw new Problem(403, 'cross_site', 'Only pages of this address may ask with its cookie; send a key instead.')
}
