import { logFailure } from '../../lib/log'
import type { SiteConfig } from '../../storage/siteConfig'
import type { Query } from '../parse/query'

/**
 * Logs the metrics whose statement failed, and names them.
 * @param errors by position
 * @throws the first error, when no metric of the query has an answer
 */
export const failedMetrics = (
  { metrics }: Query,
  { domain }: SiteConfig,
  errors: ReadonlyMap<number, unknown>,
): readonly string[] => {
  const [first] = errors.values()
  if (errors.size === metrics.length) throw first
  return [...errors].map(([position, error]) => {
    const metric = metrics[position]?.metric.id ?? ''
    logFailure(error, { metric, site: domain })
    return metric
  })
}
