import { dayOf } from '../../lib/calendar'
import type { CohortMeasure } from '../../metrics/metric'
import { SESSIONS_WITH_FIRST } from '../../relations/sessions'
import { int } from '../../relations/sql/int'
import { monthOfDay } from '../../relations/sql/localDay'
import type { Scope } from '../../relations/sql/scope'
import { activeDays, sessions } from '../../relations/sql/tables'
import { begin, groupColumns, groupOf, type MeasurePlace, type Statement } from './statement'

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

/** Those first seen in the period, and who of them came again. */
export const cohortStatement = (
  scope: Scope,
  place: MeasurePlace,
  { unit, from, to, counts }: CohortMeasure,
): Statement => {
  const b = begin({ ...scope, dimensions: [] })
  const { of, label, lastOver } = UNITS[unit]
  const last = lastOver(Math.min(scope.range.lastDay, dayOf(scope.now, scope.zone) - 1))
  const rows = SESSIONS_WITH_FIRST.rows(b)
  // Who is looked at for long enough: until the last of the days, or the first of them when there is no last.
  const n = int(to ?? from)
  const returns = to === null ? `unit >= day0 + ${int(from)}` : `unit between day0 + ${int(from)} and day0 + ${int(to)}`
  const groups = groupColumns(scope)
  const others =
    groups === ''
      ? `union all\nselect ${b.bucketOfTime('begin')}, null, person, null from ${sessions(b)} where person > 0`
      : ''
  return {
    ...b.statement(`select bucket${groups},
  sum(day0 + ${n} <= ${int(last)}) as denominator,
  sum(day0 + ${n} <= ${int(last)} and ${counts === 'absent' ? 'not retained' : 'retained'}) as numerator,
  sum(day0 + ${n} > ${int(last)}) as pending,
  sum(person < 0) as lasting,
  count(distinct case when person > 0 then person end) as others
from (
select bucket, ${label('day0')} as d0, day0, person, max(coalesce(${returns}, 0)) as retained
from (
select person, unit, max(bucket) over person_rows as bucket, max(day0) over person_rows as day0
from (
select bucket, ${of(b.dayOf('begin'))} as day0, person, null as unit from (
${rows}
)
where first = begin
union all
select null, null, person, unit from (
select person, ${of('day')} as unit from (${activeDays(b, scope.range.firstDay, scope.range.lastDay)})
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
        ...place,
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
