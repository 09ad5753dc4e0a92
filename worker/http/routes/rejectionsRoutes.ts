import { Hono } from 'hono'
import type { HonoEnv } from '../../env'
import { formatDay } from '../../lib/calendar'
import { periodOf } from '../../query/parse/parseQuery'
import { resolvePeriod } from '../../query/parse/period'
import { requireSite } from '../auth'
import { periodIn } from '../periodIn'

/** `GET /api/v1/sites/:domain/refusals`: what was refused or dropped, by UTC day and reason. */
export const rejectionsRoutes = new Hono<HonoEnv>().get('/api/v1/sites/:domain/refusals', async c => {
  const site = await requireSite(c, c.req.param('domain'), 'read')
  const period = periodOf(periodIn(c.req.query('period') ?? '30d'))
  const { firstDay, lastDay } = resolvePeriod(period, 'UTC', Date.now(), 0)
  const rows = await site.rejections(firstDay, lastDay)
  // All time begins on the first day that has any.
  const from = period === 'all' ? (rows[0]?.day ?? lastDay) : firstDay
  return c.json({
    period: { from: formatDay(from), to: formatDay(lastDay) },
    rows: rows.map(({ day, ...more }) => ({ day: formatDay(day), ...more })),
  })
})
