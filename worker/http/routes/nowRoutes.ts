import { Hono } from 'hono'
import type { HonoEnv } from '../../env'
import { requireSite } from '../auth'

/** `GET /api/v1/sites/:domain/now`: who is there, and what happened last. */
export const nowRoutes = new Hono<HonoEnv>().get('/api/v1/sites/:domain/now', async c => {
  const site = await requireSite(c, c.req.param('domain'), 'read')
  const now = Date.now()
  const { visitors, events } = await site.live(now)
  return c.json(
    {
      visitors,
      events: events.map(({ time, ...event }) => ({
        time: new Date(time).toISOString(),
        seconds_ago: Math.floor((now - time) / 1000),
        ...event,
      })),
    },
    200,
    { 'cache-control': 'no-store' },
  )
})
