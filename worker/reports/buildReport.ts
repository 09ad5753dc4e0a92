import type { Answer } from '../../shared/question'
import type { ReportInterval } from '../../shared/settings'
import { dayOf, formatDay, parseDay, startOfDay } from '../lib/calendar'
import type { Range } from '../lib/timeRange'
import { parseQuery } from '../query/parse/parseQuery'
import type { SiteEngine } from '../site'
import { reportOf } from './reportOf'
import { type ReportPeriod, reportPeriod } from './reportPeriod'
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

/** Goals are found in page views and events: each takes some 20 rows, and 16 more for each goal that it meets. */
const MOST_FACTS_FOR_GOALS = 750

/** The days of a period and of the one with the same weekdays before. */
const bothPeriods = (site: SiteEngine, { from, endedAt }: ReportPeriod): Pick<Range, 'from' | 'to'> => {
  const { timezone } = site.config
  const first = parseDay(from) ?? 0
  const days = dayOf(endedAt, timezone) - first
  return { from: startOfDay(first - 7 * Math.ceil(days / 7), timezone), to: endedAt }
}

const GOALS_UNTESTED = `Changes of goals were not tested: a report tests them for up to ${MOST_FACTS_FOR_GOALS} page views and events in both periods together. The page Goals & events compares them.`

/**
 * The report of the last finished week or month.
 * @param now epoch milliseconds
 */
export const buildReport = async (site: SiteEngine, every: ReportInterval, now: number): Promise<SiteReport> => {
  const { domain, name, timezone, settings } = site.config
  const period = reportPeriod(every, timezone, now)
  const hasGoals = settings.goals.length > 0
  const testsGoals = hasGoals && (await site.hasFewFacts(bothPeriods(site, period), MOST_FACTS_FOR_GOALS))
  const queries = reportQuestions(domain, period, testsGoals).map(one => parseQuery(one, settings))
  const answers = (await site.query(queries, now)).map(answerOf)
  const excluded = await site.rejections(parseDay(period.from) ?? 0, parseDay(period.to) ?? 0)
  const plan = await planOf(site)
  const report = reportOf({ site: { domain, name, timezone }, every, period, answers, excluded, plan })
  return hasGoals && !testsGoals ? { ...report, warnings: [...report.warnings, GOALS_UNTESTED] } : report
}
