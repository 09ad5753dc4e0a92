import { formatDay } from '../../lib/calendar'
import { periodOf } from '../../query/parse/parseQuery'
import { resolvePeriod } from '../../query/parse/period'
import { READER_BY_PATH } from '../access'
import { periodIn } from '../periodIn'
import { route } from '../route'
import { siteOf } from '../siteOf'

/** `GET /api/v1/sites/:domain/refusals`: counts of rejected and excluded events by UTC day and reason. */
export const rejectionsRoutes = [
  route('GET', '/api/v1/sites/:domain/refusals', READER_BY_PATH, async c => {
    const period = periodOf(periodIn(c.req.query('period') ?? '30d'))
    const { firstDay, lastDay } = resolvePeriod(period, 'UTC', Date.now(), 0)
    const rows = await siteOf(c).rejections(firstDay, lastDay)
    // The period `all` begins on the first day with a count.
    const from = period === 'all' ? (rows[0]?.day ?? lastDay) : firstDay
    return c.json({
      period: { from: formatDay(from), to: formatDay(lastDay) },
      rows: rows.map(({ day, ...more }) => ({ day: formatDay(day), ...more })),
    })
  }),
]
