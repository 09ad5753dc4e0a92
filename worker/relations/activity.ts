import { factRows } from './facts'
import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import { int } from './sql/int'
import { inPeriod, isEventQuery, shape, where } from './sql/shape'
import { type FactKind, firsts, NIGHT_COLUMNS, nightsOf, reachingSessions } from './sql/tables'

/** Columns of facts that rules read. */
const RULED = 'f.name, f.page, f.properties'

/**
 * Active visitors: by the days of sessions, or by page views and events if the query is about these or about hours.
 * @param beside kind of facts to add, whether or not they are activity
 */
const activityRows = (b: Builder, beside: FactKind | null): string => {
  if (isEventQuery(b) || b.scope.granularity === 'hour') {
    return factRows(b, 'both', {
      columns: `${b.dayOf('f.time')} as day, f.active, coalesce(s.open, 0) as open, coalesce(s.begin, f.time) as began, ${RULED}`,
      session: true,
    })
  }
  const { joins, conditions, columns } = shape(b, ['session'])
  const { firstDay, lastDay } = b.scope.range
  const { day, person, join } = nightsOf(b, firstDay, lastDay)
  b.needs(...NIGHT_COLUMNS)
  // Days are joined after the filters of sessions, because each day is a row to read.
  const tables = [`${reachingSessions(b)} s`, ...joins.session, join, ...joins.repeat].filter(Boolean)
  const during = [`${day} between ${int(firstDay)} and ${int(lastDay)}`, ...conditions]
  const rows = `select ${b.bucketOfDay(day)} as bucket${columns},
  ${person} as person, ${day} as day,
  1 as active, s.open, s.begin as began, null as name, null as page, null as properties
from ${tables.join('\n')}${where(during)}`
  if (beside === null) return rows
  return `${rows}\nunion all\n${factRows(b, beside, { columns: `null as day, 0 as active, 0 as open, null as began, ${RULED}` })}`
}

/** Active visitors. */
export const ACTIVITY: Relation = {
  key: 'activity',
  rolls: 'day',
  isActivity: true,
  within: ['activity_and_events', 'activity_and_views', 'activity_and_facts'],
  rows: b => activityRows(b, null),
}

const activityAnd = (beside: FactKind, key: string): Relation => ({
  key,
  rolls: 'day',
  isActivity: true,
  rows: b => activityRows(b, beside),
})

/** Active visitors, and all events. */
export const ACTIVITY_AND_EVENTS = activityAnd('events', 'activity_and_events')

/** Active visitors, and all page views. */
export const ACTIVITY_AND_VIEWS = activityAnd('views', 'activity_and_views')

/** Active visitors, and everything that can meet a rule. */
export const ACTIVITY_AND_FACTS = activityAnd('both', 'activity_and_facts')

/** Active visitors, and whether each was first seen in the same bucket. */
export const ACTIVITY_WITH_FIRST: Relation = {
  key: 'activity_with_first',
  rows: b => `select r.*, coalesce(${inPeriod(b, 'known.first')} and ${b.bucketOfTime('known.first')} = r.bucket, 0) as fresh
from (
${activityRows(b, null)}
) r
left join ${firsts(b)} known on known.visitor = r.person`,
}
