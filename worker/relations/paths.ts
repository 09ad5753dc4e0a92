import { dimensionOf } from '../metrics/dimensions'
import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import { int } from './sql/int'
import { inPeriod, joinsOf, shape, where } from './sql/shape'
import { heldFacts, inPart, parts } from './sql/tables'

/** A path: its beginning, direction and steps. */
export interface Path {
  /** The first view of a page, or the first event of a name, in a session. */
  readonly from: { readonly page: string } | { readonly event: string } | null
  readonly direction: 'after' | 'before'
  readonly show: 'pages' | 'events'
  readonly steps: number
}

const isBeginning = (b: Builder, { from }: Path): string => {
  if (from === null) return '0'
  return 'page' in from
    ? `f.name = 0 and coalesce(pag.path = ${b.bind(from.page)}, 0)`
    : `f.name = ${int(b.eventId(from.event))}`
}

/** The page or the event that a step can be, `null` for any other. */
const nameOf = (b: Builder, { show }: Path): string =>
  show === 'pages'
    ? "case when f.name = 0 then coalesce(nullif(pag.path, ''), '(not set)') end"
    : `case when f.name > 0 then ${b.expression(dimensionOf('event')?.expression ?? 'null')} end`

/** Page views and events of the sessions of the period that can be part of the path. */
const candidates = (b: Builder, path: Path): string => {
  const { joins, conditions, columns } = shape(b, ['session'])
  const [beginning, name] = [isBeginning(b, path), nameOf(b, path)]
  const tables = [
    `${heldFacts(b)} f`,
    ...joinsOf(b, ['page', 'name']),
    `cross join ${parts(b)} s on ${inPart('f.person', 'f.time')}`,
    ...joins.session,
    ...joins.repeat,
  ]
  return `select ${b.bucketOfTime('s.begin')} as bucket${columns}, s.person, s.begin as began, f.time, f.id,
  ${name} as name, ${beginning} as is_beginning
from ${tables.join('\n')}${where([inPeriod(b, 's.begin'), ...conditions, `(${beginning} or ${name} is not null)`])}`
}

/** The beginning of each session's path with the step 0, and what comes before or after it with the following ones. */
export const pathsOf = (path: Path): Relation => ({
  key: `paths/${JSON.stringify(path)}`,
  rows: b => {
    const session = `partition by person, began${b.groups}`
    const [wanted, order] = path.direction === 'after' ? ['beginnings > 0', ''] : ['beginnings = 0', ' desc']
    return `select bucket${b.groups}, person, step, name from (
select bucket${b.groups}, person, iif(is_first, '', name) as name,
  iif(is_first, 0, row_number() over (${session}, is_first order by time${order}, id${order})) as step
from (
select *, is_beginning and beginnings = 1 as is_first from (
select *,
  sum(is_beginning) over (${session} order by time, id rows unbounded preceding) as beginnings,
  max(is_beginning) over (${session}) as has_path
from (
${candidates(b, path)}
)
)
)
where has_path and (is_first or (name is not null and ${wanted}))
)
where step <= ${int(path.steps)}`
  },
})
