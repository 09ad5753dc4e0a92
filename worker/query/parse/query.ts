import type { Comparison, Granularity, Period, Question } from '../../../shared/question'
import type { Dimension } from '../../metrics/dimensions'
import type { Arguments, Metric } from '../../metrics/metric'
import type { QueryFilter } from '../../relations/sql/queryFilter'

/** A metric with its arguments. */
export interface QueriedMetric {
  readonly metric: Metric
  readonly args: Arguments
}

/** A valid question, with its metrics and dimensions looked up and defaults filled in. */
export interface Query {
  /** As it was sent: a site's object parses it again, because metrics and dimensions contain functions. */
  readonly question: Question
  readonly metrics: readonly QueriedMetric[]
  readonly period: Period
  readonly granularity: Granularity | null
  readonly dimensions: readonly Dimension[]
  readonly filters: readonly QueryFilter[]
  readonly compare: Comparison | null
  /** Whether groups that only the compared period has are included. */
  readonly includePrevious: boolean
  readonly orderBy: readonly (readonly [string, 'asc' | 'desc'])[]
  /** Of groups, never of buckets. */
  readonly limit: number
  /** Groups that are skipped, in their order. */
  readonly offset: number
  /** Whether each value says how it was computed. */
  readonly explain: boolean
}
