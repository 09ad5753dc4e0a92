import { startOfDay } from '../lib/calendar'
import { ACTIVITY } from './activity'
import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import { activeDays, firsts } from './sql/tables'

/** The part of a bucket that has begun. */
interface Span {
  readonly key: number
  readonly firstDay: number
  readonly lastDay: number
  readonly days: number
}

const spansOf = ({ scope }: Builder): readonly Span[] =>
  scope.ends.flatMap(({ key, lastDay, days }) =>
    days > 0 ? [{ key, firstDay: lastDay - days + 1, lastDay, days }] : [],
  )

const NOBODY = 'select null as person, null as day where 0'

/** Active days of the spans and of the same number of days before each. */
const daysOfSpans = (b: Builder, spans: readonly Span[]): string => {
  if (spans.length === 0) return NOBODY
  const { zone } = b.scope
  const firstDay = Math.min(...spans.map(span => span.firstDay - span.days))
  const lastDay = Math.max(...spans.map(span => span.lastDay))
  const range = { from: startOfDay(firstDay, zone), to: startOfDay(lastDay + 1, zone), firstDay, lastDay }
  return b.widened(range, () => activeDays(b, firstDay, lastDay))
}

/**
 * Visitors with a persistent id who were active in a bucket (`during`) or in the same number of days before it (`earlier`), and
 * whether they were first seen in the bucket (`fresh`); and active visitors without such an id.
 */
export const LIFECYCLE: Relation = {
  key: 'lifecycle',
  rows: b => {
    const spans = spansOf(b)
    const values = spans.map(({ key, firstDay, lastDay, days }) => [
      key,
      firstDay,
      lastDay,
      firstDay - days,
      startOfDay(firstDay, b.scope.zone),
    ])
    return `select r.bucket, r.person, r.during, r.earlier, known.first >= r.began as fresh
from (
  select span.value->>0 as bucket, person, span.value->>4 as began,
    max(day >= span.value->>1) as during, max(day < span.value->>1) as earlier
  from (
${daysOfSpans(b, spans)}
  )
  cross join json_each(${b.bind(JSON.stringify(values))}) span on day between span.value->>3 and span.value->>2
  group by span.value->>0, person
) r
left join ${firsts(b)} known on known.visitor = r.person
union all
select distinct bucket, person, 1, 0, 0 from (
${ACTIVITY.rows(b)}
) where person > 0 and active`
  },
}
