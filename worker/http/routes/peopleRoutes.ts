import { type Context, Hono } from 'hono'
import { LIMITS } from '../../../shared/limits'
import { identifier } from '../../collect/parse/fields'
import type { HonoEnv } from '../../env'
import { Problem } from '../../lib/problem'
import type { SiteEngine } from '../../site'
import { requireAdmin, unknownSite } from '../auth'
import { directoryOf } from '../directoryOf'

interface Asked {
  readonly site: SiteEngine
  readonly userId: string
}

const askedOf = async (c: Context<HonoEnv>): Promise<Asked> => {
  await requireAdmin(c)
  const domain = c.req.param('domain') ?? ''
  const site = await directoryOf(c).find(domain)
  if (!site) throw unknownSite(domain)
  const userId = identifier({ user_id: c.req.param('user_id') }, 'user_id', LIMITS.identifier)
  if (userId === null) throw new Problem(400, 'missing_user_id', 'Name the user in the address, percent-encoded.')
  return { site, userId }
}

/** What is held about one person, and its removal: the owner's alone. */
export const peopleRoutes = new Hono<HonoEnv>()
  .get('/api/v1/sites/:domain/users/:user_id/export', async c => {
    const { site, userId } = await askedOf(c)
    return c.json(await site.exportUser(userId, Date.now()), 200, { 'cache-control': 'no-store' })
  })
  .delete('/api/v1/sites/:domain/users/:user_id', async c => {
    const { site, userId } = await askedOf(c)
    return c.json({ removed: await site.eraseUser(userId, Date.now()) })
  })
