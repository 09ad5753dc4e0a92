import { dayOf } from '../../lib/calendar'
import type { CohortMeasure } from '../../metrics/metric'
import { SESSIONS_WITH_FIRST } from '../../relations/sessions'
import { int } from '../../relations/sql/int'
import { monthOfDay } from '../../relations/sql/localDay'
import type { Scope } from '../../relations/sql/scope'
import { activeDays, sessions } from '../../relations/sql/tables'
import { begin, groupColumns, type MeasureStatement } from './statement'

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

const SUMS = ['denominator', 'numerator', 'pending', 'lasting', 'others']

/** People first seen in the period, and how many of them came back. */
export const cohortStatement = (scope: Scope, { unit, from, to, counts }: CohortMeasure): MeasureStatement => {
  const b = begin({ ...scope, dimensions: [] })
  const { of, label, lastOver } = UNITS[unit]
  const last = lastOver(Math.min(scope.range.lastDay, dayOf(scope.now, scope.zone) - 1))
  const rows = SESSIONS_WITH_FIRST.rows(b)
  // Units that must be over: until the last one of a return, or the first where there is no last.
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
    dimensions: scope.dimensions.length,
    shape: { form: 'sums', sums: [Object.fromEntries(SUMS.map(name => [name, name]))] },
  }
}
