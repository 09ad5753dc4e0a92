import { startOfDay } from '../../lib/calendar'
import type { WindowMeasure } from '../../metrics/metric'
import { ACTIVITY } from '../../relations/activity'
import { int } from '../../relations/sql/int'
import type { Scope } from '../../relations/sql/scope'
import { begin, type Cell, groupColumns, groupOf, type MeasurePlace, type Statement } from './statement'

/** The bucket a local day lies in, as the builder says it in SQL. */
export type BucketOfDay = (day: number) => number

/** Distinct visitors of each day, summed up by bucket. */
export const dailyStatement = (scope: Scope, of: MeasurePlace, bucketOfDay: BucketOfDay): Statement => {
  const daily: Scope = { ...scope, granularity: 'day' }
  const builder = begin(daily)
  const groups = groupColumns(scope)
  const rows = ACTIVITY.rows(builder)
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
        const cell = sums.get(key) ?? { ...of, bucket, dimensions, sums: { x: 0, xx: 0 } }
        const visitors = Number(row.visitors)
        sums.set(key, { ...cell, sums: { x: cell.sums.x + visitors, xx: cell.sums.xx + visitors ** 2 } })
      }
      return [...sums.values()]
    },
  }
}

/** Distinct visitors of the days that end with each bucket. */
export const windowStatement = (scope: Scope, of: MeasurePlace, { days }: WindowMeasure): Statement => {
  const ends = scope.ends.map(({ key, lastDay }) => [key, lastDay])
  const firstDay = Math.min(...scope.ends.map(({ lastDay }) => lastDay)) - days + 1
  const lastDay = Math.max(...scope.ends.map(({ lastDay }) => lastDay))
  const range = { from: startOfDay(firstDay, scope.zone), to: startOfDay(lastDay + 1, scope.zone), firstDay, lastDay }
  const builder = begin({ ...scope, range, granularity: 'day' })
  const groups = groupColumns(scope)
  const rows = ACTIVITY.rows(builder)
  return {
    ...builder.statement(`select bucket${groups},
  sum(person < 0) as lasting,
  sum(person > 0) as others,
  sum(case when person < 0 then days end) as x,
  sum(case when person < 0 then days * days end) as xx
from (
select ends.value->>0 as bucket${groups}, person, count(*) as days
from (
select distinct bucket as day${groups}, person from (
${rows}
)
)
join json_each(${builder.bind(JSON.stringify(ends))}) ends on day between ends.value->>1 - ${int(days - 1)} and ends.value->>1
group by ends.value->>0${groups}, person
)
group by bucket${groups}`),
    cells: found =>
      found.map(row => ({
        ...of,
        ...groupOf(scope, row),
        sums: {
          lasting: Number(row.lasting),
          others: Number(row.others),
          n: Number(row.lasting),
          x: Number(row.x),
          xx: Number(row.xx),
        },
      })),
  }
}
