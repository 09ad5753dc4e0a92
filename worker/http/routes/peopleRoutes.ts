import type { Context } from 'hono'
import { LIMITS } from '../../../shared/limits'
import { identifier } from '../../collect/parse/fields'
import type { HonoEnv } from '../../env'
import { Problem } from '../../lib/problem'
import { OWNER_OF_SITE } from '../access'
import { route } from '../route'
import { siteOf } from '../siteOf'

const userIdIn = (c: Context<HonoEnv>): string => {
  const userId = identifier({ user_id: c.req.param('user_id') }, 'user_id', LIMITS.identifier)
  if (userId === null) throw new Problem(400, 'missing_user_id', 'Name the user in the address, percent-encoded.')
  return userId
}

/** Exports and erases a user's data. */
export const peopleRoutes = [
  route('GET', '/api/v1/sites/:domain/users/:user_id/export', OWNER_OF_SITE, async c =>
    c.json(await siteOf(c).exportUser(userIdIn(c), Date.now()), 200, { 'cache-control': 'no-store' }),
  ),
  route('DELETE', '/api/v1/sites/:domain/users/:user_id', OWNER_OF_SITE, async c =>
    c.json({ removed: await siteOf(c).eraseUser(userIdIn(c), Date.now()) }),
  ),
]
