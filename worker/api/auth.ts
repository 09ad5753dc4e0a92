import type { Context } from 'hono'
import type { HonoEnv } from '../env'
import { sameDigest, sha256Hex } from '../hash'
import { Problem } from '../problem'
import { findKey, type Scope } from '../store/keys'
import { findSite, type Site } from '../store/sites'

const bearer = (c: Context<HonoEnv>): string => {
  const token = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  if (!token) throw new Problem(401, 'missing_key', 'Send a key in the header "Authorization: Bearer …".')
  return token
}

/** Whether a token is the admin's, in a time that tells nothing of it. */
const isAdmin = async (c: Context<HonoEnv>, token: string): Promise<boolean> => {
  const admin = c.env.ADMIN_TOKEN
  if (!admin) return false
  return sameDigest(await sha256Hex(token), await sha256Hex(admin))
}

const WRONG = new Problem(401, 'wrong_key', 'This key opens nothing here; it may have been removed.')

/**
 * Lets the owner pass.
 * @throws Problem `missing_key`, `wrong_key`, `not_admin`, `no_admin_token`
 */
export const requireAdmin = async (c: Context<HonoEnv>): Promise<void> => {
  if (!c.env.ADMIN_TOKEN)
    throw new Problem(503, 'no_admin_token', 'Set the secret ADMIN_TOKEN: wrangler secret put ADMIN_TOKEN.')
  const token = bearer(c)
  if (await isAdmin(c, token)) return
  throw (await findKey(c.env.DB, token)) ? new Problem(403, 'not_admin', 'This needs the admin token.') : WRONG
}

/**
 * The site a question or events are for, when the key opens it. The admin token opens every site.
 * @throws Problem `missing_key`, `wrong_key`, `wrong_site`, `wrong_scope`, `missing_site`, `unknown_site`
 */
export const requireSite = async (c: Context<HonoEnv>, domain: unknown, scope: Scope): Promise<Site> => {
  const token = bearer(c)
  const admin = await isAdmin(c, token)
  const key = admin ? null : await findKey(c.env.DB, token)
  if (!admin && !key) throw WRONG
  if (typeof domain !== 'string' || domain === '') {
    throw new Problem(400, 'missing_site', 'Name the site, as in "site": "shop.example" or ?site=shop.example.')
  }
  if (key && key.domain !== domain) throw new Problem(403, 'wrong_site', 'This key is for another site.')
  if (key && key.scope !== scope)
    throw new Problem(403, 'wrong_scope', `This needs a ${scope} key; this one is a ${key.scope} key.`)
  const site = await findSite(c.env.DB, domain)
  if (!site) throw unknownSite(domain)
  return site
}

export const unknownSite = (domain: string): Problem =>
  new Problem(404, 'unknown_site', `There is no site "${domain.slice(0, 100)}" here; add it with POST /api/v1/sites.`)
