import type { Answer } from '../../shared/question'
import type { ReportInterval } from '../../shared/settings'
import { formatDay, parseDay } from '../lib/calendar'
import { parseQuery } from '../query/parse/parseQuery'
import type { SiteEngine } from '../site'
import { reportOf } from './reportOf'
import { reportPeriod } from './reportPeriod'
import { reportQuestions } from './reportQuestions'
import type { ReportPlan, SiteReport } from './siteReport'

const answerOf = (result: PromiseSettledResult<Answer>): Answer => {
  if (result.status === 'rejected') throw result.reason
  return result.value
}

const planOf = async (site: SiteEngine): Promise<ReportPlan> => {
  const bytes = await site.lastDayOfBytes()
  const limit = site.config.settings.daily_bytes
  return { bytes: bytes && { day: formatDay(bytes.day), used: bytes.count, limit } }
}

/**
 * The report of the last finished week or month.
 * @param now epoch milliseconds
 */
export const buildReport = async (site: SiteEngine, every: ReportInterval, now: number): Promise<SiteReport> => {
  const { domain, name, timezone, settings } = site.config
  const period = reportPeriod(every, timezone, now)
  const queries = reportQuestions(domain, period, settings.goals.length > 0).map(one => parseQuery(one, settings))
  const answers = (await site.query(queries, now)).map(answerOf)
  const excluded = await site.rejections(parseDay(period.from) ?? 0, parseDay(period.to) ?? 0)
  return reportOf({ site: { domain, name, timezone }, every, period, answers, excluded, plan: await planOf(site) })
}
