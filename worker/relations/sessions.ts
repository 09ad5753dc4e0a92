import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import { inPeriod, isEventQuery, shape, where } from './sql/shape'
import { firsts, heldFacts, inPart, parts, sessions } from './sql/tables'

/** Sessions of the period, one row each; if the query is about events, one per group of the events they hold. */
const sessionRows = (b: Builder, more = '', moreJoins: readonly string[] = []): string => {
  const { joins, conditions, columns } = shape(b, ['session', 'event'])
  const select = `select ${b.bucketOfTime('s.begin')} as bucket${columns}, s.*${more}`
  const last = [...moreJoins, ...joins.session, ...joins.repeat]
  if (!isEventQuery(b)) return `${select}\nfrom ${[`${sessions(b)} s`, ...last].join('\n')}${where(conditions)}`
  const held = heldFacts(b)
  const part = `cross join ${parts(b)} s on ${inPart('f.person', 'f.time')}`
  return `${select}
from ${[`${held} f`, ...joins.event, part, ...last].join('\n')}${where([inPeriod(b, 's.begin'), ...conditions])}
group by s.person, s.begin${b.groups}`
}

/** Sessions that began in the period. */
export const SESSIONS: Relation = { key: 'sessions', rolls: 'session', rows: b => sessionRows(b) }

/** The same with `first`, when the visitor was first seen ever. */
export const SESSIONS_WITH_FIRST: Relation = {
  key: 'sessions_with_first',
  rows: b => sessionRows(b, ', known.first', [`left join ${firsts(b)} known on known.visitor = s.person`]),
}
