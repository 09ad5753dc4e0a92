import { REPORT_INTERVALS, type ReportInterval, type ScheduledReport } from '../../shared/settings'
import type { Site } from '../site'
import type { StatementBudget } from '../storage/statementBudget'
import { buildReport } from './buildReport'
import { deliverOnce, deliveryKey, isOpenDelivery } from './delivery/deliverOnce'
import type { Message } from './delivery/message'
import type { Outlets } from './delivery/outlets'
import { isPeriodReady } from './isPeriodReady'
import { reportHtml } from './render/reportHtml'
import { reportSections } from './render/reportSections'
import { reportSlack } from './render/reportSlack'
import { reportText } from './render/reportText'
import { reportPeriod } from './reportPeriod'
import type { SiteReport } from './siteReport'

/** Statements that a report takes, its delivery included. */
const REPORT_STATEMENTS = 35

export const reportSubject = (every: ReportInterval, from: string): string => `report/${every}/${from}`

const messageOf = (report: SiteReport): Message => ({
  id: reportSubject(report.every, report.period.from),
  title: reportSections(report).title,
  text: reportText(report),
  html: reportHtml(report),
  slack: reportSlack(report),
  json: report,
})

const dueOf = async (site: Site, every: ReportInterval, now: number): Promise<ScheduledReport[]> => {
  const { settings, timezone } = site.config
  const { from, endedAt } = reportPeriod(every, timezone, now)
  const mine = settings.reports.filter(report => report.every === every)
  if (mine.length === 0 || !(await isPeriodReady(site, endedAt, now))) return []
  const made = await site.deliveriesOf(reportSubject(every, from))
  const keys = await Promise.all(mine.map(one => deliveryKey(reportSubject(every, from), one)))
  return mine.filter((one, index) => {
    const key = keys[index]
    return key !== undefined && isOpenDelivery(key, one, made, now)
  })
}

/**
 * Sends the reports that are due, as far as the budget allows; later runs send the others.
 * @param now epoch milliseconds
 */
export const sendReports = async (
  site: Site,
  outlets: Outlets,
  now: number,
  budget: StatementBudget,
): Promise<void> => {
  for (const every of REPORT_INTERVALS) {
    const due = await dueOf(site, every, now)
    if (due.length === 0 || !budget.hasRoomFor(REPORT_STATEMENTS)) continue
    const message = messageOf(await buildReport(site, every, now))
    for (const recipient of due) {
      // A claim and two statements after it.
      if (budget.hasRoomFor(3)) await deliverOnce(site, recipient, message, outlets, now)
    }
  }
}
