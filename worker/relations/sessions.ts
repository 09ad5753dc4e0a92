import { knownEvent } from '../../shared/events'
import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import { int } from './sql/int'
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

/**
 * Sessions with columns that depend on the page views and events of the query.
 * @param ofFacts SQL of the columns over the page views and events `f` of a session
 * @param ofSession SQL of the same columns if the query is about all of them
 */
const narrowedSessions = (b: Builder, ofFacts: string, ofSession: string): string =>
  sessionRows(b, `, ${isEventQuery(b) ? ofFacts : ofSession}`)

/** Sessions and whether they `saw` a page, `entered` the site there and `exited` there. */
export const SESSIONS_OF_PAGES: Relation = {
  key: 'sessions_of_pages',
  rows: b => {
    b.needs('entry', 'exit', 'views')
    return narrowedSessions(
      b,
      'max(f.name = 0) as saw, max(f.name = 0 and f.page = s.entry) as entered, max(f.name = 0 and f.page = s.exit) as exited',
      's.views > 0 as saw, s.entry is not null as entered, s.exit is not null as exited',
    )
  },
}

/** Sessions and whether they `viewed` an item and `added` it to the cart. */
export const SESSIONS_OF_ITEMS: Relation = {
  key: 'sessions_of_items',
  rows: b =>
    narrowedSessions(
      b,
      `max(f.name = ${int(knownEvent('view_item'))}) as viewed, max(f.name = ${int(knownEvent('add_to_cart'))}) as added`,
      `${b.sessionMeets({ event: 'view_item' })} as viewed, ${b.sessionMeets({ event: 'add_to_cart' })} as added`,
    ),
}

/** Sessions that began in the period. */
export const SESSIONS: Relation = { key: 'sessions', rolls: 'session', rows: b => sessionRows(b) }

/** The same with `first`, when the visitor was first seen ever. */
export const SESSIONS_WITH_FIRST: Relation = {
  key: 'sessions_with_first',
  rows: b => sessionRows(b, ', known.first', [`left join ${firsts(b)} known on known.visitor = s.person`]),
}
