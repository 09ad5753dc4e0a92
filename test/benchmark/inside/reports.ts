import { REPORT_INTERVALS } from '../../../shared/settings'
import { buildReport } from '../../../worker/reports/buildReport'
import { Site } from '../../../worker/site'
import { d1 } from '../../../worker/storage/d1'
import { counting } from '../counting'
import { shopSite } from './site'

/** The reads and rows of one report. */
export interface ReportCost {
  readonly statements: number
  readonly rowsRead: number
}

/** The cost of the last week's report and of the last month's, at a time. */
export const measureReports = async (real: D1Database, now: number): Promise<ReportCost[]> => {
  const site = await shopSite(real)
  const costs: ReportCost[] = []
  for (const every of REPORT_INTERVALS) {
    const { db, counts } = counting(real)
    await buildReport(new Site(d1(db), site), every, now)
    costs.push({ statements: counts.statements, rowsRead: counts.rowsRead })
  }
  return costs
}
