import { formatDay } from '../../lib/calendar'
import { READER_BY_PATH } from '../access'
import { daysIn } from '../daysIn'
import { route } from '../route'
import { siteOf } from '../siteOf'

/** `GET /api/v1/sites/:domain/refusals`: counts of rejected and excluded events by UTC day and reason. */
export const rejectionsRoutes = [
  route('GET', '/api/v1/sites/:domain/refusals', READER_BY_PATH, async c => {
    const { isAll, firstDay, lastDay } = daysIn(c)
    const rows = await siteOf(c).rejections(firstDay, lastDay)
    // The period `all` begins on the first day with a count.
    const from = isAll ? (rows[0]?.day ?? lastDay) : firstDay
    return c.json({
      period: { from: formatDay(from), to: formatDay(lastDay) },
      rows: rows.map(({ day, ...more }) => ({ day: formatDay(day), ...more })),
    })
  }),
]
