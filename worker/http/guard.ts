import type { Context, MiddlewareHandler } from 'hono'
import type { HonoEnv } from '../env'
import type { Access, KeyAccess } from './access'
import { requireAdmin, requireSite, siteWithDomain } from './auth'
import { requireSameOrigin } from './signInSession'

/** The scope that the key of an access needs. */
const SCOPES = { 'read key': 'read', 'write key': 'write', 'export key': 'export' } as const

const needsKey = (access: Access): access is KeyAccess => access.who in SCOPES

const admit = async (c: Context<HonoEnv>, access: Access): Promise<void> => {
  if (access.who === 'own page') requireSameOrigin(c)
  if (access.who === 'owner') {
    await requireAdmin(c)
    if (access.domain) c.set('site', await siteWithDomain(c, String(access.domain(c))))
  }
  if (needsKey(access)) {
    const domain = await access.domain(c)
    if (domain === undefined && access.isOptional) return
    c.set('site', await requireSite(c, domain, SCOPES[access.who]))
  }
}

/** Lets only those pass who have the access. */
export const guard =
  (access: Access): MiddlewareHandler<HonoEnv> =>
  async (c, next) => {
    await admit(c, access)
    await next()
  }
