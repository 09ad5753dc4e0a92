import type { Answer } from '../../../shared/question'
import { formatDay } from '../../lib/calendar'
import type { SiteConfig } from '../../storage/siteConfig'
import type { PeriodTotals } from '../merge/mergePeriod'
import type { Outage } from '../plan/outage'
import type { PeriodPlan, QueryPlan } from '../plan/plan'
import { answerRows } from './answerRows'
import { describeQuery } from './describeQuery'
import { failedMetrics } from './failedMetrics'
import { importedWarnings } from './importedWarnings'
import { orderGroups } from './orderGroups'
import type { PeriodResult } from './periodResult'
import { FAILED, withheldReadings } from './readMetric'

const isoSpan = ({ from, to }: Outage): { readonly from: string; readonly to: string } => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
})

/** The totals of a query's periods, as `QueryPlan` names these. */
export interface QueryTotals {
  readonly current: PeriodTotals
  readonly previous: PeriodTotals | null
  readonly whole: PeriodTotals | null
}

const resultOf = (
  site: SiteConfig,
  plan: QueryPlan,
  period: PeriodPlan,
  { totals, errors }: PeriodTotals,
): PeriodResult => {
  const withheld = withheldReadings(period.withheld, plan.deletedEventsReason, errors)
  return {
    query: plan.query,
    buckets: period.buckets,
    totals,
    context: { settings: site.settings, currencies: plan.currencies, withheld, imported: period.imported },
  }
}

const rowsOf = (site: SiteConfig, plan: QueryPlan, totals: QueryTotals): Answer['rows'] => {
  const { query, exclusions } = plan
  const current = resultOf(site, plan, plan.current, totals.current)
  const previous = plan.previous && totals.previous && resultOf(site, plan, plan.previous, totals.previous)
  const whole = plan.whole && totals.whole ? resultOf(site, plan, plan.whole, totals.whole) : current
  const groups = query.dimensions.length > 0 ? orderGroups(query, whole, current, previous) : [[]]
  return answerRows(current, previous, groups, exclusions)
}

const warningsOf = (site: SiteConfig, plan: QueryPlan, { current, previous, whole }: QueryTotals): string[] => {
  const errors = new Map([current, previous, whole].flatMap(period => [...(period?.errors ?? [])]))
  const failed = failedMetrics(plan.query, site, errors)
  return [
    ...plan.warnings,
    ...importedWarnings(plan, current.totals),
    ...(failed.length > 0 ? [`${failed.join(', ')}: ${FAILED.reason}`] : []),
  ]
}

/** Which imported days the answer counts. */
const importedOf = ({ imported }: SiteConfig, { current, previous }: QueryPlan): Pick<Answer['meta'], 'imported'> => {
  const spans = [current, previous].flatMap(period => period?.imported.span ?? [])
  if (spans.length === 0) return {}
  const from = formatDay(Math.min(...spans.map(({ firstDay }) => firstDay)))
  const to = formatDay(Math.max(...spans.map(({ lastDay }) => lastDay)))
  return { imported: { from, to, ...(imported?.source && { source: imported.source }) } }
}

/**
 * Reads the values of a query's metrics out of their totals, and orders and compares them.
 * @param cost of the answer
 * @throws the error of a statement, when no metric has an answer
 */
export const finish = (
  site: SiteConfig,
  plan: QueryPlan,
  totals: QueryTotals,
  cost: Pick<Answer['meta'], 'rows_read' | 'duration_ms'>,
): Answer => {
  const warnings = warningsOf(site, plan, totals)
  return {
    query: describeQuery(site, plan),
    rows: rowsOf(site, plan, totals),
    meta: {
      ...cost,
      warnings,
      ...(plan.outages.length > 0 && { incomplete: plan.outages.map(isoSpan) }),
      ...(plan.incomparable && { first_day: plan.incomparable.firstDay }),
      ...importedOf(site, plan),
    },
  }
}
