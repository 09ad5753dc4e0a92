import type { Context, MiddlewareHandler } from 'hono'
import type { HonoEnv } from '../env'
import type { Access, KeyAccess } from './access'
import { requireAdmin, requireOwner, requireRole, requireSignedIn, requireSite } from './auth'
import { requireSameOrigin } from './signInSession'

type Kind = Access['who']

/** The scope that the key of an access needs. */
const SCOPES = { 'read key': 'read', 'write key': 'write', 'export key': 'export' } as const

const admitRole = async (
  c: Context<HonoEnv>,
  access: Extract<Access, { readonly who: 'owner' | 'editor' }>,
): Promise<void> => {
  if (access.domain) c.set('site', await requireRole(c, String(access.domain(c)), access.who))
  else await requireAdmin(c)
}

const admitKey = async (c: Context<HonoEnv>, access: KeyAccess): Promise<void> => {
  const domain = await access.domain(c)
  if (domain === undefined && access.isOptional) return
  c.set('site', await requireSite(c, domain, SCOPES[access.who], access.isShared))
}

/** By who may call a route: lets them pass, or throws. */
const ADMIT: {
  readonly [Who in Kind]?: (c: Context<HonoEnv>, access: Extract<Access, { readonly who: Who }>) => unknown
} = {
  'own page': requireSameOrigin,
  'any sign-in': requireSignedIn,
  'any owner': requireOwner,
  owner: admitRole,
  editor: admitRole,
  'read key': admitKey,
  'write key': admitKey,
  'export key': admitKey,
}

/** Lets only those pass who have the access. */
export const guard = <Who extends Kind>(access: Extract<Access, { readonly who: Who }>): MiddlewareHandler<HonoEnv> => {
  const admit = ADMIT[access.who as Who]
  return async (c, next) => {
    await admit?.(c, access)
    await next()
  }
}
