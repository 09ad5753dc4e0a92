import { knownEvent } from '../../../shared/events'
import { dayOf } from '../../lib/calendar'
import type { CohortMeasure } from '../../metrics/metric'
import { factRows } from '../../relations/facts'
import { SESSIONS_WITH_FIRST } from '../../relations/sessions'
import type { Builder } from '../../relations/sql/builder'
import { isNamed } from '../../relations/sql/eventNames'
import { int } from '../../relations/sql/int'
import { monthOfDay } from '../../relations/sql/localDay'
import type { Scope } from '../../relations/sql/scope'
import { activeDays, factsBetween } from '../../relations/sql/tables'
import { begin, groupColumns, type MeasureStatement } from './statement'

const PAGE_VIEW = knownEvent('page_view')

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

const kindOf = (event: number): 'views' | 'events' => (event === PAGE_VIEW ? 'views' : 'events')

const named = (b: Builder, event: number): string => (event === PAGE_VIEW ? '' : isNamed(b, event))

/** The first event of a name of each person in the period, whatever is filtered. */
const firstEvents = (b: Builder, event: number): string =>
  b.table(b.nameOf('first_events', String(event)), () => {
    const { from, to } = b.scope.range
    return `select * from (
select *, row_number() over (partition by person order by time, id) as nth from (
${factsBetween(b, kindOf(event), from, to, named(b, event))}
)
) where nth = 1`
  })

/** When people did what their cohort is about: `begin`, null for the visits of people who were seen before. */
const startsOf = (b: Builder, first: string | null): string => {
  if (first === null) {
    return `select bucket${b.groups}, person, case when first = begin or person > 0 then begin end as begin from (
${SESSIONS_WITH_FIRST.rows(b)}
)`
  }
  return factRows(b, 'both', { columns: 'f.time as begin', from: firstEvents(b, b.eventId(first)) })
}

/** Days on which people with a persistent id came back, each once. */
const returnsOf = (b: Builder, event: string | null): string => {
  const { from, to, firstDay, lastDay } = b.scope.range
  if (event === null) return activeDays(b, firstDay, lastDay)
  const id = b.eventId(event)
  return `select distinct person, ${b.dayOf('time')} as day from (
${factsBetween(b, kindOf(id), from, to, named(b, id))}
) where person < 0`
}

/** The columns of the query's dimensions: of the cohort its label, of the others their columns in the starts. */
const groupsOf = ({ dimensions }: Scope, cohort: string): string => {
  let own = 0
  return dimensions.map(({ level }, index) => `, ${level === 'cohort' ? cohort : `g${own++}`} as d${index}`).join('')
}

/** People first seen in the period, or with a first event in it, and how many of them came back. */
export const cohortStatement = (scope: Scope, measure: CohortMeasure): MeasureStatement => {
  const { unit, from, to, counts } = measure
  const own = scope.dimensions.filter(({ level }) => level !== 'cohort')
  const b = begin({ ...scope, dimensions: own })
  const { of, label, lastOver } = UNITS[unit]
  const last = lastOver(Math.min(scope.range.lastDay, dayOf(scope.now, scope.zone) - 1))
  const starts = b.table('starts', () => startsOf(b, measure.first))
  // Units that must be over: until the last one of a return, or the first where there is no last.
  const n = int(to ?? from)
  const returns = to === null ? `unit >= day0 + ${int(from)}` : `unit between day0 + ${int(from)} and day0 + ${int(to)}`
  const [as, names] = [
    own.map((_, index) => `, d${index} as g${index}`).join(''),
    own.map((_, index) => `, g${index}`).join(''),
  ]
  const ofPerson = own.map((_, index) => `, max(g${index}) over person_rows as g${index}`).join('')
  // Nobody without a persistent id has a cohort.
  const others =
    own.length === scope.dimensions.length
      ? `union all\nselect distinct bucket, null, person, null${as} from ${starts} where person > 0`
      : ''
  return {
    ...b.statement(`select bucket${groupColumns(scope)},
  sum(day0 + ${n} <= ${int(last)}) as denominator,
  sum(day0 + ${n} <= ${int(last)} and ${counts === 'absent' ? 'not retained' : 'retained'}) as numerator,
  sum(day0 + ${n} > ${int(last)}) as pending,
  sum(person < 0) as lasting,
  count(distinct case when person > 0 then person end) as others
from (
select bucket${groupsOf(scope, label('day0'))}, day0, person, retained
from (
select bucket, day0, person, max(coalesce(${returns}, 0)) as retained${names}
from (
select person, unit, max(bucket) over person_rows as bucket, max(day0) over person_rows as day0${ofPerson}
from (
select bucket, ${of(b.dayOf('begin'))} as day0, person, null as unit${as} from (
select bucket${b.groups}, person, min(begin) as begin from ${starts}
where person < 0 and begin is not null
group by person
)
union all
select null, null, person, unit${own.map(() => ', null').join('')} from (
select person, ${of('day')} as unit from (${returnsOf(b, measure.back)})
)
)
window person_rows as (partition by person)
)
where bucket is not null
group by person
${others}
)
)
group by bucket${groupColumns(scope)}`),
    dimensions: scope.dimensions.length,
    shape: { form: 'sums', sums: [Object.fromEntries(SUMS.map(name => [name, name]))] },
  }
}
