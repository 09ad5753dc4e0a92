import { startOfDay } from '../../lib/calendar'
import type { WindowMeasure } from '../../metrics/metric'
import { ACTIVITY } from '../../relations/activity'
import { int } from '../../relations/sql/int'
import type { Scope } from '../../relations/sql/scope'
import { begin, groupColumns, type MeasureStatement } from './statement'

/** Distinct visitors of the days that end with each bucket. */
export const windowStatement = (scope: Scope, { days }: WindowMeasure): MeasureStatement => {
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
    dimensions: scope.dimensions.length,
    shape: { form: 'sums', sums: [{ lasting: 'lasting', others: 'others', n: 'lasting', x: 'x', xx: 'xx' }] },
  }
}
