import type { ChangesAnswer } from '../../shared/changes'
import type { Question } from '../../shared/question'
import { changesOf } from '../query/changes/changesOf'
import { type AskedChanges, changesQuestions } from '../query/changes/changesQuestions'
import { parseQuery } from '../query/parse/parseQuery'
import type { Query } from '../query/parse/query'
import type { SiteEngine } from '../site'
import { answerAll } from './answer'

/**
 * The groups whose change from the compared period is clear.
 * @param parse makes a query of each question
 * @throws Problem if a query is rejected
 */
export const changesIn = async (
  site: SiteEngine,
  asked: Omit<AskedChanges, 'site'>,
  now: number,
  parse = (question: Question): Query => parseQuery(question, site.config.settings),
): Promise<ChangesAnswer> => {
  const { domain, settings } = site.config
  const queries = changesQuestions({ ...asked, site: domain }, settings.goals.length > 0).map(question =>
    parse(question),
  )
  return changesOf(await answerAll(site, queries, now))
}
