import { dayOf, startOfDay } from '../../calendar'
import type { CohortMeasure, Measure, SumsMeasure, WindowMeasure } from '../metric'
import { medianRanks } from '../statistics/medianRanks'
import { Builder, int, monthOfDay, type Scope } from './builder'
import { holders, RELATIONS, type RelationName } from './relations'
import { reachingSessions, sessions } from './tables'

/** Sums of one metric for one group. */
export interface Cell {
  /** Position of the metric in the question. */
  readonly metric: number
  readonly bucket: number
  readonly dimensions: readonly string[]
  readonly sums: Readonly<Record<string, number>>
}

/** One statement and how its rows become cells. */
export interface Statement {
  readonly sql: string
  readonly values: readonly unknown[]
  cells(rows: readonly Record<string, unknown>[]): Cell[]
}

interface Asked<M extends Measure = Measure> {
  readonly metric: number
  readonly measure: M
}

type Row = Record<string, unknown>

const begin = (scope: Scope): Builder => {
  const builder = new Builder(scope)
  builder.holders = () => holders(builder)
  return builder
}

const groupColumns = (scope: Scope): string => scope.dimensions.map((_, index) => `, d${index}`).join('')

const groupOf = (scope: Scope, row: Row): { bucket: number; dimensions: string[] } => ({
  bucket: Number(row.bucket ?? 0),
  dimensions: scope.dimensions.map((_, index) => String(row[`d${index}`])),
})

/** Renames the columns of one metric's own sums, so that several metrics can share a statement. */
const prefixed = (expression: string, names: readonly string[], prefix: string): string =>
  names.reduce((text, name) => text.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), `${prefix}${name}`), expression)

const sumsStatement = (
  scope: Scope,
  builder: Builder,
  asked: readonly Asked<SumsMeasure>[],
  relation: RelationName,
): Statement => {
  const groups = groupColumns(scope)
  const outer: string[] = []
  const inner: string[] = []
  for (const { metric, measure } of asked) {
    const names = Object.keys(measure.perPerson ?? {})
    for (const [name, sql] of Object.entries(measure.perPerson ?? {})) inner.push(`${sql} as p${metric}_${name}`)
    for (const [name, sql] of Object.entries(measure.sums))
      outer.push(`${prefixed(sql, names, `p${metric}_`)} as m${metric}_${name}`)
  }
  const rows = RELATIONS[relation](builder)
  const from =
    inner.length > 0
      ? `(\nselect bucket${groups}, person, ${inner.join(', ')}\nfrom (\n${rows}\n)\ngroup by bucket${groups}, person\n)`
      : `(\n${rows}\n)`
  return {
    ...builder.statement(`select bucket${groups},\n  ${outer.join(',\n  ')}\nfrom ${from}\ngroup by bucket${groups}`),
    cells: found =>
      found.flatMap(row =>
        asked.map(({ metric, measure }) => ({
          metric,
          ...groupOf(scope, row),
          sums: Object.fromEntries(
            Object.keys(measure.sums).map(name => [name, Number(row[`m${metric}_${name}`] ?? 0)]),
          ),
        })),
      ),
  }
}

/** The ranks around the middle and around both ends of its interval: which of them counts is known from n. */
const NEAR_RANKS = `abs(rank - (n + 1) / 2.0) <= 1
  or abs(rank - (n / 2.0 - 0.98 * sqrt(n))) <= 3
  or abs(rank - (n / 2.0 + 0.98 * sqrt(n))) <= 3`

const quantileSums = (rows: readonly Row[]): Record<string, number> => {
  const n = Number(rows[0]?.n ?? 0)
  const at = (rank: number): number => Number(rows.find(row => Number(row.rank) === rank)?.value ?? 0)
  const ranks = medianRanks(n)
  return {
    n,
    median: (at(Math.floor((n + 1) / 2)) + at(Math.floor(n / 2) + 1)) / 2,
    pending: Number(rows[0]?.pending ?? 0),
    ...(ranks && { lower: at(ranks[0]), upper: at(ranks[1]) }),
  }
}

const quantileStatement = (scope: Scope, metric: number, column: string): Statement => {
  const builder = begin(scope)
  const groups = groupColumns(scope)
  const rows = RELATIONS.sessions(builder)
  const partition = `partition by bucket${groups}`
  return {
    ...builder.statement(`select * from (
select bucket${groups}, ${column} as value,
  row_number() over (${partition} order by ${column}) as rank,
  count(*) over (${partition}) as n,
  sum(open) over (${partition}) as pending
from (
${rows}
)
)
where ${NEAR_RANKS}`),
    cells: found =>
      [...Map.groupBy(found, row => JSON.stringify(groupOf(scope, row))).values()].map(rows => ({
        metric,
        ...groupOf(scope, rows[0] as Row),
        sums: quantileSums(rows),
      })),
  }
}

/** The bucket a local day lies in, as the builder says it in SQL. */
export type BucketOfDay = (day: number) => number

const dailyStatement = (scope: Scope, metric: number, bucketOfDay: BucketOfDay): Statement => {
  const daily: Scope = { ...scope, granularity: 'day' }
  const builder = begin(daily)
  const groups = groupColumns(scope)
  const rows = RELATIONS.activity(builder)
  return {
    ...builder.statement(
      `select bucket${groups}, count(distinct person) as visitors\nfrom (\n${rows}\n)\ngroup by bucket${groups}`,
    ),
    cells: found => {
      const sums = new Map<string, Cell & { sums: { x: number; xx: number } }>()
      for (const row of found) {
        const { bucket: day, dimensions } = groupOf(scope, row)
        const bucket = bucketOfDay(day)
        const key = JSON.stringify([bucket, dimensions])
        const cell = sums.get(key) ?? { metric, bucket, dimensions, sums: { x: 0, xx: 0 } }
        const visitors = Number(row.visitors)
        sums.set(key, { ...cell, sums: { x: cell.sums.x + visitors, xx: cell.sums.xx + visitors ** 2 } })
      }
      return [...sums.values()]
    },
  }
}

/** Buckets by key, each with its last local day, today at the latest. */
export type BucketEnds = readonly (readonly [key: number, lastDay: number])[]

const windowStatement = (scope: Scope, metric: number, { days }: WindowMeasure, ends: BucketEnds): Statement => {
  const firstDay = Math.min(...ends.map(([, day]) => day)) - days + 1
  const lastDay = Math.max(...ends.map(([, day]) => day))
  const range = { from: startOfDay(firstDay, scope.zone), to: startOfDay(lastDay + 1, scope.zone), firstDay, lastDay }
  const builder = begin({ ...scope, range, granularity: 'day' })
  const groups = groupColumns(scope)
  const rows = RELATIONS.activity(builder)
  return {
    ...builder.statement(`select ends.value->>0 as bucket${groups},
  count(distinct case when person < 0 then person end) as lasting,
  count(distinct case when person > 0 then person end) as others
from (
select distinct bucket as day${groups}, person from (
${rows}
)
)
join json_each(${builder.bind(JSON.stringify(ends))}) ends on day between ends.value->>1 - ${int(days - 1)} and ends.value->>1
group by ends.value->>0${groups}`),
    cells: found =>
      found.map(row => ({
        metric,
        ...groupOf(scope, row),
        sums: { lasting: Number(row.lasting), others: Number(row.others) },
      })),
  }
}

const UNITS = {
  day: {
    of: (day: string) => day,
    label: (unit: string) => `date(${unit} * 86400, 'unixepoch')`,
    lastOver: (day: number) => day,
  },
  week: {
    of: (day: string) => `((${day} + 3) / 7)`,
    label: (unit: string) => `date((${unit} * 7 - 3) * 86400, 'unixepoch')`,
    lastOver: (day: number) => Math.floor((day - 3) / 7),
  },
  month: {
    of: (day: string) => monthOfDay(day),
    label: (unit: string) => `printf('%04d-%02d-01', ${unit} / 12, ${unit} % 12 + 1)`,
    lastOver: (day: number) => {
      const next = new Date((day + 1) * 86_400_000)
      return next.getUTCFullYear() * 12 + next.getUTCMonth() - 1
    },
  },
} as const

/** Days on which lasting visitors were active in the period, whatever the question filters on. */
const activeUnits = (b: Builder, unit: (day: string) => string): string => {
  const day = `(${b.dayOf('s.begin')} + night.value)`
  return `select distinct case night.value when 0 then s.person else coalesce(s.next, s.person) end as person, ${unit(day)} as unit
from ${reachingSessions(b)} s
join json_each('[0,1,2]') night on ${day} <= ${b.dayOf('(s.begin + s.last)')}
where ${day} between ${int(b.scope.range.firstDay)} and ${int(b.scope.range.lastDay)}`
}

const cohortStatement = (scope: Scope, metric: number, { unit, offset, orAfter }: CohortMeasure): Statement => {
  const b = begin({ ...scope, dimensions: [] })
  const { of, label, lastOver } = UNITS[unit]
  const last = lastOver(Math.min(scope.range.lastDay, dayOf(scope.now, scope.zone) - 1))
  const rows = RELATIONS.sessions_with_first(b)
  const n = int(offset)
  const groups = groupColumns(scope)
  const others =
    groups === ''
      ? `union all\nselect ${b.bucketOfTime('begin')}, null, person, null from ${sessions(b)} where person > 0`
      : ''
  return {
    ...b.statement(`select bucket${groups},
  sum(day0 + ${n} <= ${int(last)}) as denominator,
  sum(day0 + ${n} <= ${int(last)} and retained) as numerator,
  sum(day0 + ${n} > ${int(last)}) as pending,
  sum(person < 0) as lasting,
  count(distinct case when person > 0 then person end) as others
from (
select bucket, ${label('day0')} as d0, day0, person, max(coalesce(unit ${orAfter ? '>=' : '='} day0 + ${n}, 0)) as retained
from (
select person, unit, max(bucket) over person_rows as bucket, max(day0) over person_rows as day0
from (
select bucket, ${of(b.dayOf('begin'))} as day0, person, null as unit from (
${rows}
)
where first = begin
union all
select null, null, person, unit from (
${activeUnits(b, of)}
)
${others}
)
window person_rows as (partition by person)
)
where bucket is not null
group by person
)
group by bucket${groups}`),
    cells: found =>
      found.map(row => ({
        metric,
        ...groupOf(scope, row),
        sums: {
          denominator: Number(row.denominator),
          numerator: Number(row.numerator),
          pending: Number(row.pending),
          lasting: Number(row.lasting),
          others: Number(row.others),
        },
      })),
  }
}

/** D1 gives at most 100 columns. */
const METRICS_PER_STATEMENT = 10

/** Measures that have a statement to themselves. */
const ownStatement = (
  scope: Scope,
  metric: number,
  measure: Measure,
  bucketOfDay: BucketOfDay,
  ends: BucketEnds,
): Statement | null => {
  switch (measure.form) {
    case 'quantile':
      return quantileStatement(scope, metric, measure.column)
    case 'daily':
      return dailyStatement(scope, metric, bucketOfDay)
    case 'window':
      return windowStatement(scope, metric, measure, ends)
    case 'cohort':
      return cohortStatement(scope, metric, measure)
    default:
      return null
  }
}

type MeasureOf = (terms: Builder) => Measure

/** Sums over one relation, several metrics at once. */
const sharedStatement = (
  scope: Scope,
  relation: RelationName,
  metrics: readonly (readonly [number, MeasureOf])[],
): Statement => {
  const builder = begin(scope)
  const asked = metrics.flatMap(([metric, measureOf]) => {
    const measure = measureOf(builder)
    return measure.form === 'sums' ? [{ metric, measure }] : []
  })
  return sumsStatement(scope, builder, asked, relation)
}

/** Everything a question asks, in as few statements as there are relations. */
export const statements = (
  scope: Scope,
  measures: readonly MeasureOf[],
  bucketOfDay: BucketOfDay,
  ends: BucketEnds,
): Statement[] => {
  const result: Statement[] = []
  const shared = new Map<string, { relation: RelationName; metrics: [number, MeasureOf][] }>()
  const plain = begin(scope)
  for (const [metric, measureOf] of measures.entries()) {
    const measure = measureOf(plain)
    const own = ownStatement(scope, metric, measure, bucketOfDay, ends)
    if (own) result.push(own)
    if (measure.form !== 'sums') continue
    const key = `${measure.relation}/${measure.perPerson ? 'person' : ''}`
    const group = shared.get(key) ?? { relation: measure.relation, metrics: [] }
    group.metrics.push([metric, measureOf])
    shared.set(key, group)
  }
  for (const { relation, metrics } of shared.values()) {
    for (let start = 0; start < metrics.length; start += METRICS_PER_STATEMENT) {
      result.push(sharedStatement(scope, relation, metrics.slice(start, start + METRICS_PER_STATEMENT)))
    }
  }
  return result
}
