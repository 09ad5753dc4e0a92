import type { Context } from 'hono'
import type { Question } from '../../shared/question'
import type { HonoEnv } from '../env'
import { Problem } from '../lib/problem'
import { parseQuery } from '../query/parse/parseQuery'
import type { Query } from '../query/parse/query'
import { siteOf } from './siteOf'
import { requireFiltered, shareOf, withinShare } from './withinShare'

/** Its message lists the ids that the site has. */
const NAMES_OTHERS = /^unknown_(goal|funnel|segment)$/

/**
 * The query that somebody asks, within their share if they have one.
 * @throws Problem `not_shared`, `impossible_filter`, `impossible_parameter`, and those of `parseQuery`
 */
export const queryOf = (c: Context<HonoEnv>, question: Question): Query => {
  try {
    const { settings } = siteOf(c).config
    const query = parseQuery(withinShare(c, question), settings)
    requireFiltered(c, question, query, settings)
    return query
  } catch (error) {
    const [, what] = (error instanceof Problem && NAMES_OTHERS.exec(error.code)) || []
    if (what === undefined || !shareOf(c)) throw error
    throw new Problem(400, `unknown_${what}`, `There is no ${what} with this id.`)
  }
}
