import type { Question } from '../../../shared/question'
import { READER_BY_PATH } from '../access'
import { coverageIn } from '../coverageIn'
import { periodIn } from '../periodIn'
import { route } from '../route'
import { siteOf } from '../siteOf'

/** `GET /api/v1/sites/:domain/coverage`: how much of what was served the script recorded. */
export const coverageRoutes = [
  route('GET', '/api/v1/sites/:domain/coverage', READER_BY_PATH, async c => {
    const period = periodIn(c.req.query('period') ?? '30d') as NonNullable<Question['period']>
    return c.json(await coverageIn(siteOf(c), { period }, c.env, Date.now()))
  }),
]
