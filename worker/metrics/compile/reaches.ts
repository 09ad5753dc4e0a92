import { startOfDay } from '../../calendar'
import { int } from './int'
import type { Scope } from './scope'
import { begin } from './statement'
import { PAUSE, reachingSessions } from './tables'

/** Of each day of a range: when the first session began that can hold something of the day after it. */
export const reaches = (scope: Scope): { sql: string; values: readonly unknown[] } => {
  const { firstDay, lastDay } = scope.range
  const days = Array.from({ length: lastDay - firstDay + 1 }, (_, index) => firstDay + index)
  const ends = days.map(day => [day, startOfDay(day + 1, scope.zone)])
  const builder = begin(scope)
  const from = reachingSessions(builder)
  return builder.statement(`select over.value->>0 as day, min(s.begin) as reach
from json_each(${builder.bind(JSON.stringify(ends))}) over
join ${from} s on s.begin < over.value->>1 and coalesce(s.begin + s.cut, s.begin + s.duration + ${int(PAUSE + 1)}) > over.value->>1
group by over.value->>0`)
}
