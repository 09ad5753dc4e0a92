import type { CoverageAnswer } from '../../shared/coverage'
import type { Question } from '../../shared/question'
import { type EdgeVariables, edgeZoneOf } from '../collect/edge/edgeZone'
import { coverageOf } from '../query/coverage/coverageOf'
import { coverageQuestions } from '../query/coverage/coverageQuestions'
import { parseQuery } from '../query/parse/parseQuery'
import type { SiteEngine } from '../site'
import { answerAll } from './answer'

/**
 * How much of what was served the script recorded.
 * @throws Problem if the period is rejected
 */
export const coverageIn = async (
  site: SiteEngine,
  asked: Pick<Question, 'period'>,
  env: EdgeVariables,
  now: number,
): Promise<CoverageAnswer> => {
  const { domain, settings } = site.config
  const queries = coverageQuestions({ ...asked, site: domain }).map(question => parseQuery(question, settings))
  const [answers, { problem }] = await Promise.all([answerAll(site, queries, now), site.edgeFetch()])
  // Where the zone is removed again, nothing is fetched, and the last problem is none any more.
  return coverageOf(answers, edgeZoneOf(env, domain) ? problem : null)
}
