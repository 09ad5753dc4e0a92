import type { Context } from 'hono'
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie'
import type { CookieOptions } from 'hono/utils/cookie'
import type { HonoEnv } from '../env'
import { hmacKey } from '../hash'
import { Problem } from '../problem'

/** Whom a browser's cookie speaks for: the owner, or who holds a key. */
export type Session = { readonly admin: true } | { readonly admin: false; readonly key: number }

const COOKIE = 'footfall_session'
const DAYS = 30
const SECONDS_A_DAY = 86_400

const encoder = new TextEncoder()

/** Made from the admin token, so that a new token ends every session. */
const signingKey = async (adminToken: string): Promise<ArrayBuffer> =>
  crypto.subtle.sign('HMAC', await hmacKey(adminToken), encoder.encode(COOKIE))

/** A developer's own machine is reached without TLS. */
const isLocal = ({ protocol, hostname }: URL): boolean =>
  protocol === 'http:' && (hostname === 'localhost' || hostname === '127.0.0.1')

const attributes = (c: Context<HonoEnv>): CookieOptions => ({
  path: '/',
  httpOnly: true,
  sameSite: 'Strict',
  secure: !isLocal(new URL(c.req.url)),
})

const textOf = (session: Session, until: number): string =>
  session.admin ? `admin.${until}` : `key.${until}.${session.key}`

const sessionOf = (text: string, now: number): Session | null => {
  const [, who, until, key] = /^(admin|key)\.(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  if (Number(until ?? 0) <= now) return null
  return who === 'admin' ? { admin: true } : { admin: false, key: Number(key) }
}

/** Lets a browser in for 30 days. */
export const startSession = async (c: Context<HonoEnv>, adminToken: string, session: Session): Promise<void> => {
  const text = textOf(session, Date.now() + DAYS * SECONDS_A_DAY * 1000)
  const secret = await signingKey(adminToken)
  await setSignedCookie(c, COOKIE, text, secret, { ...attributes(c), maxAge: DAYS * SECONDS_A_DAY })
}

export const endSession = (c: Context<HonoEnv>): void => {
  deleteCookie(c, COOKIE, attributes(c))
}

/** What a request's cookie says, `null` without one, with one that is over, or one that was not signed here. */
export const readSession = async (c: Context<HonoEnv>): Promise<Session | null> => {
  const adminToken = c.env.ADMIN_TOKEN
  // A request without the cookie costs no signature.
  if (!adminToken || !c.req.header('cookie')?.includes(COOKIE)) return null
  const text = await getSignedCookie(c, await signingKey(adminToken), COOKIE)
  return text ? sessionOf(text, Date.now()) : null
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
