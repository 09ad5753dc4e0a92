import type { Answer, Status } from '../../../shared/question'
import type { Metric } from '../../metrics/metric'
import type { SiteConfig } from '../../storage/siteConfig'
import { parseQuery } from '../parse/parseQuery'
import type { Query } from '../parse/query'

/** Some metrics have no value over the whole history, others have none over the last days of a quiet site. */
const PERIODS = ['all', '90d'] as const

export type AnswerQuery = (query: Query) => Promise<Answer>

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

/** Looks for a value in the whole history, and where there is none, in the last days. */
export const findReasons = async (
  answerQuery: AnswerQuery,
  { domain }: SiteConfig,
  metrics: readonly Metric[],
): Promise<ReadonlyMap<string, Reason>> => {
  const reasons = new Map<string, Reason>()
  for (const period of PERIODS) {
    const left = metrics.filter(({ id }) => reasons.get(id)?.reason !== null)
    if (left.length === 0) break
    const answer = await answerQuery(parseQuery({ site: domain, metrics: left.map(({ id }) => id), period }))
    for (const metric of left) {
      const found = reasonIn(answer, metric)
      if (found.reason === null || !reasons.has(metric.id)) reasons.set(metric.id, found)
    }
  }
  return reasons
}
