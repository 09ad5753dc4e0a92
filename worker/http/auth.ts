import type { Context } from 'hono'
import { isWeakAdminToken, WEAK_ADMIN_TOKEN } from '../../shared/adminToken'
import type { HonoEnv } from '../env'
import { sameDigest, sha256Hex } from '../lib/hash'
import { Problem } from '../lib/problem'
import type { SiteEngine } from '../site'
import { type AccessKey, isExpired, type KeyScope } from '../storage/accessKeys'
import type { PageShare } from '../storage/pageShares'
import type { Asker } from '../storage/signIns'
import type { Role } from '../storage/teamMember'
import { askerOf } from './askerOf'
import { directoryOf } from './directoryOf'
import { readSignIn } from './readSignIn'
import { hasRole, isMember, isShare, ownsEverySite, ownsSome, seesSite } from './rights'
import { isShareKey } from './shareKey'
import { shareOfKey } from './shareOfKey'
import { requireSameOrigin } from './signInSession'

/** The token of the header, `undefined` without one. */
export const bearer = (c: Context<HonoEnv>): string | undefined =>
  /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]

/**
 * The admin token, if one is set and strong enough.
 * @throws Problem `no_admin_token`, `weak_admin_token`
 */
export const requireAdminToken = (c: Context<HonoEnv>): string => {
  const token = c.env.ADMIN_TOKEN
  if (!token) throw new Problem(503, 'no_admin_token', 'Set the secret ADMIN_TOKEN: wrangler secret put ADMIN_TOKEN.')
  if (isWeakAdminToken(token)) throw new Problem(503, 'weak_admin_token', `${WEAK_ADMIN_TOKEN}.`)
  return token
}

/**
 * Whether a token is the admin token, compared in constant time.
 * @throws Problem `weak_admin_token`
 */
export const isAdmin = async (c: Context<HonoEnv>, token: string): Promise<boolean> => {
  const admin = c.env.ADMIN_TOKEN
  if (!admin || !sameDigest(await sha256Hex(token), await sha256Hex(admin))) return false
  requireAdminToken(c)
  return true
}

const WRONG = new Problem(401, 'wrong_key', 'Invalid API key. It may have been revoked.')

/**
 * Whose token it is.
 * @throws Problem `wrong_key`, `expired_key`
 */
export const callerOf = async (c: Context<HonoEnv>, token: string): Promise<'admin' | AccessKey> => {
  if (await isAdmin(c, token)) return 'admin'
  const key = await directoryOf(c).findKey(token)
  if (!key) throw WRONG
  if (isExpired(key)) throw new Problem(401, 'expired_key', 'This API key has expired. Ask the owner for a new one.')
  return key
}

/**
 * The site of the access key in the header, `undefined` for the admin token and without a key.
 * @throws Problem `wrong_key`, `expired_key`
 */
export const domainOfKey = async (c: Context<HonoEnv>): Promise<string | undefined> => {
  const token = bearer(c)
  const caller = token === undefined ? 'admin' : await callerOf(c, token)
  return caller === 'admin' ? undefined : caller.domain
}

/** By the cookie or Cloudflare Access, from pages of this address. */
const signedInCaller = async (c: Context<HonoEnv>): Promise<Asker> => {
  const session = await readSignIn(c)
  if (!session) throw new Problem(401, 'missing_key', 'Send an API key in the header "Authorization: Bearer …".')
  requireSameOrigin(c)
  if (!session.asker) throw WRONG
  return session.asker
}

const callerWith = (c: Context<HonoEnv>, token: string): Promise<Asker> =>
  isShareKey(token) ? shareOfKey(c, token) : callerOf(c, token)

/** By the header or, from pages of this address, by the cookie. Handlers get the caller by `askerOf`. */
const currentCaller = async (c: Context<HonoEnv>): Promise<Asker> => {
  const token = bearer(c)
  const caller = await (token ? callerWith(c, token) : signedInCaller(c))
  c.set('asker', caller)
  return caller
}

const NOT_ADMIN = new Problem(403, 'not_admin', 'This request needs the admin token.')

const wrongRole = (asker: Asker, needed: string): Problem =>
  isMember(asker)
    ? new Problem(403, 'wrong_role', `This request needs ${needed}. Your role is ${asker.role}.`)
    : NOT_ADMIN

/**
 * Admits the admin token and owners of every site.
 * @throws Problem `missing_key`, `wrong_key`, `expired_key`, `not_admin`, `wrong_role`, `no_admin_token`, `weak_admin_token`, `cross_site`
 */
export const requireAdmin = async (c: Context<HonoEnv>): Promise<void> => {
  requireAdminToken(c)
  const caller = await currentCaller(c)
  if (!ownsEverySite(caller)) throw wrongRole(caller, 'an owner of all sites')
}

/**
 * Admits owners of any site.
 * @throws Problem as `requireAdmin`
 */
export const requireOwner = async (c: Context<HonoEnv>): Promise<void> => {
  requireAdminToken(c)
  const caller = await currentCaller(c)
  if (!ownsSome(caller)) throw wrongRole(caller, 'an owner')
}

/**
 * Admits the admin token and every browser that is signed in.
 * @throws Problem as `requireAdmin`
 */
export const requireSignedIn = async (c: Context<HonoEnv>): Promise<void> => {
  requireAdminToken(c)
  const caller = await currentCaller(c)
  if (bearer(c) && caller !== 'admin') throw NOT_ADMIN
}

const WRONG_SITE = new Problem(403, 'wrong_site', 'You have no access to this site. Ask its owner for it.')

const ROLE_NAMES: Readonly<Record<Role, string>> = { viewer: 'a viewer', editor: 'an editor', owner: 'an owner' }

/**
 * Whoever asks must have this role on a site.
 * @throws Problem `wrong_site`, `wrong_role`, `not_admin`
 */
export const requireAskersRole = (c: Context<HonoEnv>, domain: string, role: Role): void => {
  const asker = askerOf(c)
  if (isMember(asker) && !seesSite(asker, domain)) throw WRONG_SITE
  if (!hasRole(asker, role, domain)) throw wrongRole(asker, `${ROLE_NAMES[role]} of this site`)
}

/**
 * The site that a request names, if the caller has this role there.
 * @throws Problem as `requireAdmin`, and `wrong_site`, `unknown_site`
 */
export const requireRole = async (c: Context<HonoEnv>, domain: string, role: Role): Promise<SiteEngine> => {
  requireAdminToken(c)
  await currentCaller(c)
  requireAskersRole(c, domain, role)
  return siteWithDomain(c, domain)
}

/** The role of members that stands for a key's scope. */
const ROLE_OF_SCOPE = { read: 'viewer', write: 'owner', export: 'owner' } as const satisfies Record<KeyScope, Role>

/** @throws Problem `wrong_site`, `not_shared` */
const requireShared = (share: PageShare, domain: string, isShared: boolean): void => {
  if (share.domain !== domain) throw new Problem(403, 'wrong_site', 'This link is for another site.')
  if (!isShared) throw new Problem(403, 'not_shared', 'This link shows pages of the dashboard and nothing else.')
}

/**
 * The site that a request names, if the caller may use it as a key of this scope may.
 * @param isShared whether viewers of shared pages may, too
 * @throws Problem `not_shared`, `missing_key`, `wrong_key`, `expired_key`, `wrong_site`, `wrong_scope`, `wrong_role`, `missing_site`, `unknown_site`, `cross_site`
 */
export const requireSite = async (
  c: Context<HonoEnv>,
  domain: unknown,
  scope: KeyScope,
  isShared = false,
): Promise<SiteEngine> => {
  const who = await currentCaller(c)
  if (typeof domain !== 'string' || domain === '') {
    throw new Problem(400, 'missing_site', 'Name the site, as in "site": "shop.example" or ?site=shop.example.')
  }
  if (isMember(who) || who === 'admin') {
    requireAdminToken(c)
    requireAskersRole(c, domain, ROLE_OF_SCOPE[scope])
    return siteWithDomain(c, domain)
  }
  if (isShare(who)) {
    requireShared(who, domain, isShared)
    return siteWithDomain(c, domain)
  }
  if (who.domain !== domain) throw new Problem(403, 'wrong_site', 'This API key is for another site.')
  if (who.scope !== scope)
    throw new Problem(
      403,
      'wrong_scope',
      `This request needs a key with the scope "${scope}". Yours has "${who.scope}".`,
    )
  return siteWithDomain(c, domain)
}

/** @throws Problem `unknown_site` */
export const siteWithDomain = async (c: Context<HonoEnv>, domain: string): Promise<SiteEngine> => {
  const site = await directoryOf(c).find(domain)
  if (!site) throw unknownSite(domain)
  return site
}

export const unknownSite = (domain: string): Problem =>
  new Problem(404, 'unknown_site', `Unknown site "${domain.slice(0, 100)}". Add it with POST /api/v1/sites.`)
