import type { Context } from 'hono'
import type { HonoEnv } from '../env'
import { periodOf } from '../query/parse/parseQuery'
import { resolvePeriod } from '../query/parse/period'
import { periodIn } from './periodIn'

/** The UTC days of the query parameter `period`, both included; the default is 30d. */
export const daysIn = (c: Context<HonoEnv>) => {
  const period = periodOf(periodIn(c.req.query('period') ?? '30d'))
  const { firstDay, lastDay } = resolvePeriod(period, 'UTC', Date.now(), 0)
  return { isAll: period === 'all', firstDay, lastDay }
}
