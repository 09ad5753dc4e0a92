import { formatDay } from '../../lib/calendar'
import type { Range } from '../../lib/timeRange'
import type { Site } from '../../storage/sites'
import type { ParsedQuery } from './parseQuery'

/** The question as it was understood, with all that was left to defaults. */
export const understood = (
  site: Site,
  plan: ParsedQuery,
  range: Range,
  before: Range | null,
): Record<string, unknown> => {
  const dates = ({ firstDay, lastDay }: Range) => ({ from: formatDay(firstDay), to: formatDay(lastDay) })
  return {
    site: site.domain,
    metrics: plan.metrics.map(({ metric }) => metric.id),
    period: dates(range),
    timezone: site.timezone,
    granularity: plan.granularity,
    dimensions: plan.dimensions.map(({ id }) => id),
    filters: plan.filters.map(({ operator, dimension, values }) => [operator, dimension.id, values]),
    compare: before && dates(before),
    parameters: Object.fromEntries(
      plan.metrics.filter(({ metric }) => metric.parameters.length > 0).map(({ metric, args }) => [metric.id, args]),
    ),
    order_by: plan.orderBy,
    limit: plan.limit,
  }
}
