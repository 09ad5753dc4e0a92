import type { Context } from 'hono'
import type { Question } from '../../../shared/question'
import type { HonoEnv } from '../../env'
import { VIEWER_BY_PATH } from '../access'
import { changesIn } from '../changesIn'
import { filtersIn } from '../filtersIn'
import { periodIn } from '../periodIn'
import { queryOf } from '../queryOf'
import { route } from '../route'
import { siteOf } from '../siteOf'
import { requirePage } from '../withinShare'

/** A period in the address, checked when its query is parsed. */
const days = <Name extends 'period' | 'compare'>(c: Context<HonoEnv>, name: Name): Pick<Question, Name> => {
  const given = c.req.query(name)
  return (given === undefined ? {} : { [name]: periodIn(given) }) as Pick<Question, Name>
}

/** `GET /api/v1/sites/:domain/changes`: the groups whose change from the compared period is clear. */
export const changesRoutes = [
  route('GET', '/api/v1/sites/:domain/changes', VIEWER_BY_PATH, async c => {
    requirePage(c, 'overview')
    const filters = c.req.query('filters')
    const asked = {
      ...days(c, 'period'),
      ...days(c, 'compare'),
      ...(filters !== undefined && { filters: filtersIn(filters) as NonNullable<Question['filters']> }),
    }
    return c.json(await changesIn(siteOf(c), asked, Date.now(), question => queryOf(c, question)))
  }),
]
