import type { Answer, Question } from '../../../shared/question'
import { parseQuery } from '../../query/parse/parseQuery'
import type { SiteEngine } from '../../site'
import { answer } from '../answer'
import type { ToolArguments } from './mcpTool'

/**
 * Answers a question about a site, whatever site the arguments name.
 * @throws Problem if it is rejected
 */
export const answerTo = (site: SiteEngine, given: ToolArguments, now: number): Promise<Answer> => {
  const question = { limit: 20, ...given, site: site.config.domain } as unknown as Question
  return answer(site, parseQuery(question, site.config.settings), now)
}
