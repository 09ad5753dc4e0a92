import { VIEWER_BY_PATH } from '../access'
import { recentActivityOf } from '../recentActivityOf'
import { route } from '../route'
import { siteOf } from '../siteOf'
import { requirePage } from '../withinShare'

/** `GET /api/v1/sites/:domain/now`: visitors at this moment and the latest events. */
export const nowRoutes = [
  route('GET', '/api/v1/sites/:domain/now', VIEWER_BY_PATH, async c => {
    requirePage(c, 'now')
    return c.json(await recentActivityOf(siteOf(c), Date.now()), 200, { 'cache-control': 'no-store' })
  }),
]
