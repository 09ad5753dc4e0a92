import { READER_BY_PATH } from '../access'
import { route } from '../route'
import { siteOf } from '../siteOf'

/** `GET /api/v1/sites/:domain/now`: visitors at this moment and the latest events. */
export const nowRoutes = [
  route('GET', '/api/v1/sites/:domain/now', READER_BY_PATH, async c => {
    const now = Date.now()
    const { visitors, events } = await siteOf(c).live(now)
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
  }),
]
