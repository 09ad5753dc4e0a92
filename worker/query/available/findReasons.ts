import type { Answer, Status } from '../../../shared/question'
import type { Metric } from '../../metrics/metric'
import type { SiteConfig } from '../../storage/siteConfig'
import { parseQuery } from '../parse/parseQuery'
import type { Query } from '../parse/query'

/** Some metrics have no value over the whole history, others have none over the last days of a quiet site. */
const PERIODS = ['all', '90d'] as const

/** Answers queries none of which may fail. */
export type AnswerQueries = (queries: readonly Query[]) => Promise<Answer[]>

interface Reason {
  /** Why the metric has no value; `null` if it has one. */
  readonly reason: string | null
  readonly status: Status
}

const reasonIn = ({ rows }: Answer, { id, send }: Metric): Reason => {
  const { value, reason, status } = rows[0]?.metrics[id] ?? { value: null, reason: null, status: 'no_data' as const }
  const isUnsent = value === 0 && send !== undefined
  return { reason: reason ?? (isUnsent ? `There is none yet; send ${send}.` : null), status }
}

/**
 * Looks for a value in the whole history and in the last days. Both in one go, as one after the other could take more
 * statements than the free plan has for a request.
 */
export const findReasons = async (
  answerQueries: AnswerQueries,
  { domain }: SiteConfig,
  metrics: readonly Metric[],
): Promise<ReadonlyMap<string, Reason>> => {
  if (metrics.length === 0) return new Map()
  const ids = metrics.map(({ id }) => id)
  const answers = await answerQueries(PERIODS.map(period => parseQuery({ site: domain, metrics: ids, period })))
  return new Map(
    metrics.map(metric => {
      const reasons = answers.map(answer => reasonIn(answer, metric))
      return [metric.id, (reasons.find(({ reason }) => reason === null) ?? reasons[0]) as Reason]
    }),
  )
}
