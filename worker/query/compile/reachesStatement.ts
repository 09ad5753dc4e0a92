import { SESSION_TIMEOUT } from '../../../shared/sessionRules'
import { startOfDay } from '../../lib/calendar'
import { int } from '../../relations/sql/int'
import type { Scope } from '../../relations/sql/scope'
import { reachingSessions } from '../../relations/sql/tables'
import type { SqlStatement } from '../../storage/database'
import { begin } from './statement'

/** For each day of a range, when the first session began that can hold an event of the next day. */
export const reachesStatement = (scope: Scope): SqlStatement => {
  const { firstDay, lastDay } = scope.range
  const days = Array.from({ length: lastDay - firstDay + 1 }, (_, index) => firstDay + index)
  const ends = days.map(day => [day, startOfDay(day + 1, scope.zone)])
  const builder = begin(scope)
  const from = reachingSessions(builder)
  builder.needs('duration', 'cut')
  return builder.statement(`select over.value->>0 as day, min(s.begin) as reach
from json_each(${builder.bind(JSON.stringify(ends))}) over
join ${from} s on s.begin < over.value->>1 and coalesce(s.begin + s.cut, s.begin + s.duration + ${int(SESSION_TIMEOUT + 1)}) > over.value->>1
group by over.value->>0`)
}
