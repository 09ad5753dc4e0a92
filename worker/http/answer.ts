import type { Answer } from '../../shared/question'
import type { Query } from '../query/parse/query'
import type { SiteEngine } from '../site'

/** Answers queries none of which may fail. */
export const answerAll = async (site: SiteEngine, queries: readonly Query[], now: number): Promise<Answer[]> =>
  (await site.query(queries, now)).map(result => {
    if (result.status === 'rejected') throw result.reason
    return result.value
  })

/** Answers one query. */
export const answer = async (site: SiteEngine, query: Query, now: number): Promise<Answer> => {
  const [result] = await answerAll(site, [query], now)
  if (!result) throw new Error('A query has one answer.')
  return result
}
