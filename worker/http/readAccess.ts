import type { Context } from 'hono'
import type { JWTVerifyGetKey } from 'jose'
import type { HonoEnv } from '../env'
import { Problem } from '../lib/problem'
import type { SignIn } from '../storage/signIns'
import { directoryOf } from './directoryOf'

const HEADER = 'cf-access-jwt-assertion'

/** Loaded where Cloudflare Access is in front. */
const library = () => import('jose')

/** By their address. Each keeps the keys for some minutes, and reads them again when a token names one that is new. */
const keySets = new Map<string, JWTVerifyGetKey>()

const keysAt = async (address: string): Promise<JWTVerifyGetKey> => {
  const known = keySets.get(address)
  if (known) return known
  const { createRemoteJWKSet } = await library()
  const keys = createRemoteJWKSet(new URL(address))
  keySets.set(address, keys)
  return keys
}

/** The issuer of a team's tokens: `ACCESS_TEAM` is its name, its host or its address. Keys are never read without TLS. */
const issuerOf = (team: string): string => {
  const host = team.replace(/^https?:\/\//, '').replace(/\/.*$/, '')
  return `https://${host.includes('.') ? host : `${host}.cloudflareaccess.com`}`
}

/** The codes of jose by which a token is refused; every other error means that its keys could not be read. */
const REFUSED = /^ERR_(?:JWT_|JWS_|JWKS_NO_MATCHING_KEY|JWKS_MULTIPLE_MATCHING_KEYS|JOSE_ALG_NOT_ALLOWED)/

const isRefusal = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && REFUSED.test(String(error.code))

/**
 * The e-mail address that a token of Cloudflare Access states, `null` of a token that is not valid here.
 * @see https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie/validating-json/
 * @throws Problem `access_unavailable`
 */
const emailIn = async (token: string, team: string, audience: string): Promise<string | null> => {
  const issuer = issuerOf(team)
  const { jwtVerify } = await library()
  try {
    const { payload } = await jwtVerify(token, await keysAt(`${issuer}/cdn-cgi/access/certs`), {
      issuer,
      audience,
      algorithms: ['RS256'],
      requiredClaims: ['exp', 'email'],
    })
    return typeof payload.email === 'string' ? payload.email : null
  } catch (error) {
    if (isRefusal(error)) return null
    throw new Problem(503, 'access_unavailable', 'The keys of Cloudflare Access cannot be read. Try again.')
  }
}

/**
 * The member whom Cloudflare Access has let through, `null` without one.
 * @throws Problem `access_unavailable`
 */
export const readAccess = async (c: Context<HonoEnv>): Promise<SignIn | null> => {
  const { ACCESS_TEAM, ACCESS_AUD } = c.env
  const token = c.req.header(HEADER)
  if (!ACCESS_TEAM || !ACCESS_AUD || token === undefined) return null
  const email = await emailIn(token, ACCESS_TEAM, ACCESS_AUD)
  const member = email === null ? null : await directoryOf(c).findMemberByEmail(email)
  return member && { asker: member }
}
