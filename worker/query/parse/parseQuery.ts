import {
  COMPARISONS,
  type Comparison,
  type DateRange,
  PERIODS,
  type Period,
  type Question,
} from '../../../shared/question'
import { EMPTY_SETTINGS } from '../../../shared/settings'
import { Problem } from '../../lib/problem'
import { ALLOWED, allowedDimensions, takesFilter } from '../../metrics/allowed'
import { metricOf } from '../../metrics/definitions'
import { type Dimension, dimensionOf } from '../../metrics/dimensions'
import type { Arguments, Metric } from '../../metrics/metric'
import { dimensionsOf } from '../../relations/sql/queryFilter'
import { argumentsOf } from './argumentsOf'
import { dimensionFrom } from './dimensionFrom'
import { filtersOf, type NamedSettings } from './filtersOf'
import { checkDays } from './period'
import type { Query } from './query'
import { unknownMetric } from './unknownMetric'

const MOST_METRICS = 100
const MOST_DIMENSIONS = 4
const MOST_GROUPS = 10_000
const GRANULARITIES = ['hour', 'day', 'week', 'month'] as const

const reject = (code: string, message: string): Problem => new Problem(400, code, message)

const checkBreakdown = (metric: Metric, args: Arguments, by: Dimension): void => {
  const allows = (dimension: Dimension | undefined): boolean =>
    dimension !== undefined && metric.allows?.(args, dimension, 'breakdown') !== false
  if (allows(by) && ALLOWED[metric.breakdown](by) && !metric.except?.includes(by.id)) return
  const taken = allowedDimensions(metric)
    .filter(id => allows(dimensionOf(id)))
    .join(', ')
  throw reject(
    'impossible_breakdown',
    `${metric.id} cannot be broken down by ${by.id}; it takes ${taken || 'no dimension'}.`,
  )
}

const checkFilter = (metric: Metric, args: Arguments, on: Dimension): void => {
  if (!takesFilter(metric, on) || metric.allows?.(args, on, 'filter') === false) {
    throw reject('impossible_filter', `${metric.id} cannot be filtered on ${on.id}.`)
  }
}

const checkCombination = ({ metrics, dimensions, filters, granularity }: Query): void => {
  for (const { metric, args } of metrics) {
    for (const by of dimensions) checkBreakdown(metric, args, by)
    for (const on of dimensionsOf(filters)) checkFilter(metric, args, on)
    if (granularity === 'hour' && metric.daily) {
      throw reject('impossible_granularity', `${metric.id} counts days; ask for it by day, week or month.`)
    }
  }
}

const list = (value: unknown, name: string, most: number): readonly unknown[] => {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value) || value.length > most)
    throw reject(`bad_${name}`, `"${name}" must be a list of at most ${most}.`)
  return value
}

export const periodOf = (given: unknown): Period => {
  if (given === undefined || given === null) return '30d'
  if (typeof given === 'string') {
    const named = PERIODS.find(period => period === given)
    if (!named)
      throw reject(
        'bad_period',
        `There is no period "${given.slice(0, 60)}"; there are ${PERIODS.join(', ')} and {"from","to"}.`,
      )
    return named
  }
  if (
    typeof given === 'object' &&
    'from' in given &&
    'to' in given &&
    typeof given.from === 'string' &&
    typeof given.to === 'string'
  ) {
    return { from: given.from, to: given.to }
  }
  throw reject('bad_period', '"period" must be a name like "30d" or {"from":"2026-01-01","to":"2026-01-31"}.')
}

const orderOf = (
  given: unknown,
  { metrics, dimensions }: Pick<Query, 'metrics' | 'dimensions'>,
): readonly [string, 'asc' | 'desc'] => {
  const [name, direction = 'desc'] = Array.isArray(given) ? given : []
  const known = metrics.some(({ metric }) => metric.id === name) || dimensions.some(({ id }) => id === name)
  if (!known || (direction !== 'asc' && direction !== 'desc')) {
    throw reject(
      'bad_order_by',
      '"order_by" must be a list like [["bounce_rate", "desc"]] of metrics and dimensions that are asked for.',
    )
  }
  return [name, direction]
}

const metricsOf = (question: Question, settings: NamedSettings): Query['metrics'] => {
  const ids = [...new Set(list(question.metrics, 'metrics', MOST_METRICS))]
  if (ids.length === 0)
    throw reject('missing_metrics', 'Name at least one of "metrics"; GET /api/v1/metrics lists them.')
  const parameters = question.parameters ?? {}
  if (typeof parameters !== 'object' || Array.isArray(parameters))
    throw reject('bad_parameters', '"parameters" must be an object by metric.')
  const stray = Object.keys(parameters).find(id => !ids.includes(id))
  if (stray !== undefined)
    throw reject('unknown_parameter', `There are parameters for "${stray.slice(0, 60)}", which is not asked for.`)
  return ids.map(id => {
    // `String` calls the object's own `toString`, which can be anything.
    const name = typeof id === 'string' ? id : String(JSON.stringify(id))
    const metric = metricOf(name)
    if (!metric) throw unknownMetric(400, name)
    return { metric, args: argumentsOf(metric, parameters[metric.id], settings) }
  })
}

const FIELDS = [
  'site',
  'metrics',
  'period',
  'granularity',
  'dimensions',
  'filters',
  'compare',
  'include_previous',
  'parameters',
  'order_by',
  'limit',
  'offset',
  'explain',
]

const checkFields = (question: Question): void => {
  const unknown = Object.keys(question).find(name => !FIELDS.includes(name))
  if (unknown === undefined) return
  throw reject('unknown_field', `A question has no "${unknown.slice(0, 60)}"; it has ${FIELDS.join(', ')}.`)
}

const granularityOf = ({ granularity }: Question): Query['granularity'] => {
  const known = GRANULARITIES.find(one => one === granularity) ?? null
  if (granularity && known === null) throw reject('bad_granularity', '"granularity" must be hour, day, week or month.')
  return known
}

const compareOf = ({ compare }: Question): Comparison | null => {
  if (!compare) return null
  const named = COMPARISONS.find(one => one === compare)
  if (named) return named
  const { from, to } = Object(compare) as Partial<DateRange>
  if (typeof from !== 'string' || typeof to !== 'string') {
    throw reject(
      'bad_compare',
      `"compare" must be ${COMPARISONS.map(name => `"${name}"`).join(', ')} or {"from":"2025-01-01","to":"2025-01-31"}.`,
    )
  }
  checkDays({ from, to }, 'compared period')
  return { from, to }
}

const includePreviousOf = ({ include_previous = false, compare }: Question): boolean => {
  if (typeof include_previous !== 'boolean' || (include_previous && !compare)) {
    throw reject('bad_include_previous', '"include_previous" must be true or false, and needs "compare".')
  }
  return include_previous
}

const explainOf = ({ explain = false }: Question): boolean => {
  if (typeof explain !== 'boolean') throw reject('bad_explain', '"explain" must be true or false.')
  return explain
}

const limitOf = ({ limit = 1000 }: Question): number => {
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_GROUPS) {
    throw reject('bad_limit', `"limit" must be a whole number from 1 to ${MOST_GROUPS}.`)
  }
  return limit
}

const offsetOf = ({ offset = 0 }: Question): number => {
  if (!Number.isSafeInteger(offset) || offset < 0)
    throw reject('bad_offset', '"offset" must be a whole number, 0 or more.')
  return offset
}

/**
 * Checks a question.
 * @param settings of the site
 * @throws Problem with one sentence for what cannot be asked
 */
export const parseQuery = (question: Question, settings: NamedSettings = EMPTY_SETTINGS): Query => {
  checkFields(question)
  const metrics = metricsOf(question, settings)
  const dimensions = list(question.dimensions, 'dimensions', MOST_DIMENSIONS).map(dimensionFrom)
  const query: Query = {
    question,
    metrics,
    period: periodOf(question.period),
    granularity: granularityOf(question),
    dimensions,
    filters: filtersOf(question.filters, settings),
    compare: compareOf(question),
    includePrevious: includePreviousOf(question),
    orderBy: list(question.order_by, 'order_by', MOST_METRICS).map(one => orderOf(one, { metrics, dimensions })),
    limit: limitOf(question),
    offset: offsetOf(question),
    explain: explainOf(question),
  }
  checkCombination(query)
  return query
}
