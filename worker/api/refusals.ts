import { Hono } from 'hono'
import { formatDay } from '../calendar'
import type { HonoEnv } from '../env'
import { resolvePeriod } from '../metrics/period'
import { periodOf } from '../metrics/question'
import { listRefusals } from '../store/refusals'
import { requireSite } from './auth'
import { periodIn } from './period'

/** `GET /api/v1/sites/:domain/refusals`: what was refused or dropped, by UTC day and reason. */
export const refusalsRoutes = new Hono<HonoEnv>().get('/api/v1/sites/:domain/refusals', async c => {
  const site = await requireSite(c, c.req.param('domain'), 'read')
  const period = periodOf(periodIn(c.req.query('period') ?? '30d'))
  const { firstDay, lastDay } = resolvePeriod(period, 'UTC', Date.now(), 0)
  const rows = await listRefusals(c.env.DB, site.id, firstDay, lastDay)
  // All time begins on the first day that has any.
  const from = period === 'all' ? (rows[0]?.day ?? lastDay) : firstDay
  return c.json({
    period: { from: formatDay(from), to: formatDay(lastDay) },
    rows: rows.map(({ day, ...more }) => ({ day: formatDay(day), ...more })),
  })
})
