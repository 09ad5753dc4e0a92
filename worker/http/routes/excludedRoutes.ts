import { verdictsIn } from '../../collect/store/verdictMask'
import { isVerdictCursor } from '../../collect/verdicts/verdictCursor'
import { formatDay } from '../../lib/calendar'
import { Problem } from '../../lib/problem'
import { EDITOR_OF_SITE, READER_BY_PATH } from '../access'
import { bodyOf } from '../bodyOf'
import { currentSite } from '../currentSite'
import { daysIn } from '../daysIn'
import { directoryOf } from '../directoryOf'
import { route } from '../route'
import { siteOf } from '../siteOf'

const cursorOf = (given: unknown) => {
  if (given === undefined || given === null) return null
  if (isVerdictCursor(given)) return given
  throw new Problem(400, 'bad_cursor', '"cursor" must be the "next" of an earlier answer, or null to begin.')
}

/** Shows the traffic that is taken for something other than people, and applies the settings to the past. */
export const excludedRoutes = [
  route('GET', '/api/v1/sites/:domain/excluded', READER_BY_PATH, async c => {
    const { firstDay, lastDay } = daysIn(c)
    const rows = await siteOf(c).excludedTraffic(firstDay, lastDay)
    return c.json({
      period: { from: formatDay(firstDay), to: formatDay(lastDay) },
      rows: rows.map(({ verdicts, counted, ...more }) => ({
        verdicts: verdictsIn(verdicts),
        ...more,
        counted: counted === 1,
      })),
    })
  }),
  route('POST', '/api/v1/sites/:domain/excluded/apply', EDITOR_OF_SITE, async c => {
    const cursor = cursorOf((await bodyOf(c)).cursor)
    return c.json(await (await currentSite(directoryOf(c), siteOf(c).config)).applyVerdicts(cursor))
  }),
]
