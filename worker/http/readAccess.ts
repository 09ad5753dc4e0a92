import type { Context } from 'hono'
import type { JWTVerifyGetKey } from 'jose'
import type { HonoEnv } from '../env'
import { Problem } from '../lib/problem'
import type { SignIn } from '../storage/signIns'
import { directoryOf } from './directoryOf'

const HEADER = 'cf-access-jwt-assertion'

/** Loaded only behind Cloudflare Access. */
const library = () => import('jose')

/** By address. Each caches its keys for some minutes, and fetches them again when a token names an unknown one. */
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

/** The error codes with which jose rejects a token. Any other error means that the keys could not be fetched. */
const REFUSED = /^ERR_(?:JWT_|JWS_|JWKS_NO_MATCHING_KEY|JWKS_MULTIPLE_MATCHING_KEYS|JOSE_ALG_NOT_ALLOWED)/

const isRefusal = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && REFUSED.test(String(error.code))

/**
 * The email address in a token of Cloudflare Access; `null` if the token is not valid here.
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
    throw new Problem(
      503,
      'access_unavailable',
      'The public keys of Cloudflare Access cannot be fetched. Try again in a minute.',
    )
  }
}

/**
 * The member whom Cloudflare Access has authenticated; `null` for nobody.
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
