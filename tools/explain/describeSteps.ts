import { HOUR } from '../../shared/time'
import { formatDay } from '../../worker/lib/calendar'
import type { Range } from '../../worker/lib/timeRange'
import type { AnswerSteps } from '../../worker/query/answer'
import type { SegmentStatement } from '../../worker/query/compile/compile'
import type { MetricMeasure } from '../../worker/query/compile/metricMeasure'
import type { SegmentResult } from '../../worker/query/execute/execute'
import type { PartialResult } from '../../worker/query/execute/partialResult'
import type { PeriodPlan, QueryPlan } from '../../worker/query/plan/plan'
import type { LiveSegment, RollupSegment, Segment } from '../../worker/query/plan/segment'

type Described = Record<string, unknown>

const isoOf = (time: number): string => new Date(time).toISOString()

const spanOf = ({ from, to }: Range) => ({ from: isoOf(from), to: isoOf(to) })

const nameOf = ({ metric, index }: MetricMeasure): string => (index === 0 ? metric.id : `${metric.id}/${index}`)

const describeLive = ({ scope, people, bucket, sign }: LiveSegment): Described => ({
  range: spanOf(scope.range),
  sessions: scope.stored === false ? 'live delta' : 'stored, with the live delta',
  people,
  bucket,
  sign,
})

const describeRollup = ({ kind, times, rollups, bucket }: RollupSegment): Described => ({
  kind,
  times: times.map(time => (kind === 'hourly' ? isoOf(time * HOUR) : formatDay(time))),
  rollups: rollups.length,
  bucket,
})

const detailsOf = (segment: Segment): Described => {
  switch (segment.source) {
    case 'live':
      return describeLive(segment)
    case 'rollup':
      return describeRollup(segment)
    case 'active_people':
      return { range: spanOf(segment.scope.range), people: segment.people.size, bucket: segment.bucket }
    case 'active_groups':
      return {
        range: spanOf(segment.scope.range),
        dimension: segment.dimension.id,
        people: new Set([...segment.closed.values(), ...segment.open.values()].flatMap(people => [...people])).size,
        bucket: segment.bucket,
      }
    case 'imported':
      return { values: segment.measures.map(({ values }) => values.length) }
  }
}

/** Segments by numbers, by which statements and partial results name them. */
type Numbers = ReadonlyMap<Segment, number>

const describeSegment = (segment: Segment, numbers: Numbers): Described => ({
  segment: numbers.get(segment),
  source: segment.source,
  measures: segment.measures.map(nameOf),
  ...detailsOf(segment),
})

const describePeriod = (
  { query }: QueryPlan,
  { range, segments, withheld, truncated }: PeriodPlan,
  numbers: Numbers,
): Described => {
  const namesAt = (positions: Iterable<number>) => [...positions].map(position => query.metrics[position]?.metric.id)
  return {
    range: spanOf(range),
    segments: segments.map(segment => describeSegment(segment, numbers)),
    needs_deleted_events: namesAt(withheld),
    looks_back_to_deleted_events: namesAt(truncated),
  }
}

const describePlan = (plan: QueryPlan, numbers: Numbers): Described => {
  const periods = { current: plan.current, previous: plan.previous, whole: plan.whole }
  return Object.fromEntries(
    Object.entries(periods).flatMap(([name, period]) =>
      period ? [[name, describePeriod(plan, period, numbers)]] : [],
    ),
  )
}

const describeStatement = ({ sql, values, shape, targets }: SegmentStatement, numbers: Numbers): Described => ({
  computes: targets.map(({ segment, measure }) => ({
    segment: numbers.get(segment),
    measure: nameOf(segment.measures[measure] as MetricMeasure),
  })),
  rows: shape.form,
  sql,
  values,
})

const describePartial = (
  segment: Segment,
  { position, index, bucket, dimensions, sums, person, alike }: PartialResult,
): Described => {
  const measure = segment.measures.find(one => one.position === position && one.index === index)
  return {
    measure: measure && nameOf(measure),
    bucket,
    dimensions,
    ...(person ? { person: person.person, values: person.values } : !alike && { sums }),
    ...(alike && { people: alike.people.size, values: alike.values }),
  }
}

const describeResult = (segment: Segment, { partials, errors }: SegmentResult, numbers: Numbers): Described => ({
  segment: numbers.get(segment),
  results: partials.map(partial => describePartial(segment, partial)),
  ...(errors.size > 0 && { errors: [...errors.values()].map(String) }),
})

/** Every step of the answers to queries, as JSON can say it. */
export const describeSteps = ({ plans, statements, execution, answers }: AnswerSteps): Described => {
  const numbers: Numbers = new Map([...execution.results.keys()].map((segment, index) => [segment, index + 1]))
  return {
    plan: plans.map(plan => describePlan(plan, numbers))[0],
    statements: statements.map(statement => describeStatement(statement, numbers)),
    partial_results: [...execution.results].map(([segment, result]) => describeResult(segment, result, numbers)),
    answer: answers.map(answer => (answer.status === 'fulfilled' ? answer.value : { error: String(answer.reason) }))[0],
  }
}
