import { formatDay } from '../../lib/calendar'
import type { Range } from '../../lib/timeRange'
import { filterTuple } from '../../relations/sql/queryFilter'
import type { SiteConfig } from '../../storage/siteConfig'
import type { QueryPlan } from '../plan/plan'

const datesOf = ({ firstDay, lastDay }: Range) => ({ from: formatDay(firstDay), to: formatDay(lastDay) })

/** A query as it was understood, with its defaults filled in. */
export const describeQuery = (
  { domain, timezone }: SiteConfig,
  { query, current, previousRange }: QueryPlan,
): Record<string, unknown> => ({
  site: domain,
  metrics: query.metrics.map(({ metric }) => metric.id),
  period: datesOf(current.range),
  timezone,
  granularity: query.granularity,
  dimensions: query.dimensions.map(({ id }) => id),
  filters: query.filters.map(filterTuple),
  compare: previousRange && datesOf(previousRange),
  include_previous: query.includePrevious,
  parameters: Object.fromEntries(
    query.metrics.filter(({ metric }) => metric.parameters.length > 0).map(({ metric, args }) => [metric.id, args]),
  ),
  order_by: query.orderBy,
  limit: query.limit,
  offset: query.offset,
})
