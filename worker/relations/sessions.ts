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

const VIEW = knownEvent('view_item')
const ADD = knownEvent('add_to_cart')

/**
 * Sessions, and what happened in them of the page views and events of the query: whether they `saw` a page, `entered` the
 * site there and `exited` there, and whether they `viewed` an item and `added` it to the cart.
 */
export const SESSIONS_WITH_FACTS: Relation = {
  key: 'sessions_with_facts',
  rows: b => {
    b.needs('entry', 'exit', 'views')
    const [viewed, added] = isEventQuery(b)
      ? [`max(f.name = ${int(VIEW)})`, `max(f.name = ${int(ADD)})`]
      : [b.sessionMeets({ event: 'view_item' }), b.sessionMeets({ event: 'add_to_cart' })]
    const [saw, entered, exited] = isEventQuery(b)
      ? ['max(f.name = 0)', 'max(f.name = 0 and f.page = s.entry)', 'max(f.name = 0 and f.page = s.exit)']
      : ['s.views > 0', 's.entry is not null', 's.exit is not null']
    return sessionRows(
      b,
      `, ${saw} as saw, ${entered} as entered, ${exited} as exited, ${viewed} as viewed, ${added} as added`,
    )
  },
}

/** Sessions that began in the period. */
export const SESSIONS: Relation = {
  key: 'sessions',
  rolls: 'session',
  extendedBy: [SESSIONS_WITH_FACTS.key],
  rows: b => sessionRows(b),
}

/** The same with `first`, when the visitor was first seen ever. */
export const SESSIONS_WITH_FIRST: Relation = {
  key: 'sessions_with_first',
  rows: b => sessionRows(b, ', known.first', [`left join ${firsts(b)} known on known.visitor = s.person`]),
}
