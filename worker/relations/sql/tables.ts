import { knownEvent } from '../../../shared/events'
import { SESSION_TIMEOUT } from '../../../shared/sessionRules'
import { HOUR } from '../../../shared/time'
import { startOfDay } from '../../lib/calendar'
import type { Range } from '../../lib/timeRange'
import type { Builder } from './builder'
import { type Confirmation, isOnlyConfirmed, onlyConfirmed } from './confirmed'
import { elementsOf } from './elementsOf'
import { eventName, isNamed } from './eventNames'
import { int } from './int'
import { isOneOf } from './isOneOf'
import { SESSION_COLUMNS, type SessionColumn } from './sessionColumns'

/** The longest that a session can last: 24 hours in which activities begin, 24 hours of a visible page, and the timeout. */
export const REACH = 49 * HOUR
const REFUND = knownEvent('refund')

const hours = (column: string, from: number, to: number): string =>
  `${column} >= ${int(Math.floor(from / HOUR))} and ${column} <= ${int(Math.floor(to / HOUR))}`

/** A stored -1 is a number that was not reported. */
const known = (column: string): string => `nullif(${column}, -1)`

/** Columns of `added`, in the order in which `sessionRow` of worker/sessions/sessionRow.ts gives their values. */
const ADDED_COLUMNS = ['person', 'begin', ...SESSION_COLUMNS, 'open'] as const

const notRemoved = (b: Builder): string => {
  if (b.scope.stored === false) return '\n  and 0'
  return b.scope.removed === null
    ? ''
    : `\n  and not ${isOneOf('(hour, visitor, at)', `select value->>0, value->>1, value->>2 from ${elementsOf(b, b.scope.removed)}`)}`
}

type AddedColumn = (typeof ADDED_COLUMNS)[number]

/** SQL of the added sessions, by their columns. */
const unionAdded = (b: Builder, condition: string): ((columns: readonly AddedColumn[]) => string) => {
  if (b.scope.added === null) return () => ''
  const added = elementsOf(b, b.scope.added)
  return columns => {
    // Without the cast SQLite would use no index on the column.
    const values = columns.map(column => `cast(value->>${ADDED_COLUMNS.indexOf(column)} as integer) as ${column}`)
    return `\nunion all\nselect ${values.join(', ')}\nfrom ${added}\nwhere ${condition}`
  }
}

/** Text of a table of sessions, by the columns it has besides `person`, `begin` and `open`. */
type SessionsText = (columns: readonly SessionColumn[]) => string

/**
 * Sessions that began in a span: the stored ones with the live delta applied.
 * @param reach begin of the first stored session, if known
 */
export const sessionsBetween = (b: Builder, from: number, to: number, reach = from): SessionsText => {
  const bounds = (begin: string, first: number): string => `${begin} >= ${int(first)} and ${begin} < ${int(to)}`
  const where = `site = ${b.bind(b.scope.site)} and ${hours('hour', reach, to)} and ${bounds('hour * 3600000 + at', reach)}${notRemoved(b)}`
  const added = unionAdded(b, bounds('value->>1', from))
  return columns => {
    const stored = columns.map(column => (column === 'clicks' ? `${known(column)} as ${column}` : column))
    return `select ${['visitor as person', 'hour * 3600000 + at as begin', ...stored, '0 as open'].join(', ')}
from visits
where ${where}${added(['person', 'begin', ...columns, 'open'])}`
  }
}

/** Sessions of the period. */
export const sessions = (b: Builder): string =>
  b.table('sessions', () => sessionsBetween(b, b.scope.range.from, b.scope.range.to))

type Span = Pick<Range, 'from' | 'to'>

/** A name for a table of a span; a plain one for that of the period. */
const spanName = (b: Builder, name: string, { from, to }: Span): string =>
  from === b.scope.range.from && to === b.scope.range.to ? name : `${name}_${int(from)}_${int(to)}`

/** Sessions that can hold something of a span, by default of the period. */
export const reachingSessions = (b: Builder, span: Span = b.scope.range): string =>
  b.table(spanName(b, 'reaching_sessions', span), () => {
    const reach = span === b.scope.range ? b.scope.reach : undefined
    return sessionsBetween(b, span.from - REACH, span.to, reach)
  })

/**
 * Length of the stretches of time by which sessions are looked up. SQLite's automatic indexes find equal values, not
 * ranges: for each event it would read all sessions of a person. In one stretch a person has few.
 */
const STRETCH = 6 * HOUR

const stretchOf = (time: string): string => `${time} / ${int(STRETCH)}`

/**
 * Sessions by visitor id and end: a session over midnight has one id before and another after it. A page view or event
 * belongs to the session of its visitor id that covers its time: see `inPart`. A session has one row per stretch that
 * it covers. The table is recursive, which also tells SQLite that it has many rows: see `manyRows`.
 */
export const parts = (b: Builder, span: Span = b.scope.range): string => {
  const name = spanName(b, 'parts', span)
  return b.table(name, () => {
    const from = reachingSessions(b, span)
    const bound = `coalesce(begin + cut - 1, begin + duration + ${int(SESSION_TIMEOUT)})`
    b.needs('next', 'duration', 'cut')
    return columns => `select person as part_person, ${bound} as bound, ${stretchOf('begin')} as stretch, * from ${from}
union all
select next, ${bound}, ${stretchOf('begin')}, * from ${from} where next is not null
union all
select part_person, bound, stretch + 1, ${['person', 'begin', ...columns, 'open'].join(', ')} from ${name} where stretch < ${stretchOf('bound')}`
  })
}

/** The condition that a session `s` of `parts` is the session of a person at a time. */
export const inPart = (person: string, time: string): string =>
  `s.part_person = ${person} and s.stretch = ${stretchOf(time)} and ${time} between s.begin and s.bound`

interface Nights {
  readonly day: string
  readonly person: string
  readonly join: string
}

/** Columns of sessions that `nightsOf` reads. */
export const NIGHT_COLUMNS = ['next', 'last'] as const satisfies readonly SessionColumn[]

/** For a single local day: a session was active on it or not. */
const nightOf = (b: Builder, day: number): Nights => ({
  day: `case when ${b.dayOf('s.begin')} <= ${int(day)} and ${b.dayOf('(s.begin + s.last)')} >= ${int(day)} then ${int(day)} end`,
  person: `case when ${b.dayOf('s.begin')} = ${int(day)} then s.person else coalesce(s.next, s.person) end`,
  join: '',
})

/**
 * The local days on which the visitors of sessions `s` were active, from the session's begin to the start of its last
 * activity. These are at most three, as no activity begins 24 hours after its session does; mostly one.
 */
export const nightsOf = (b: Builder, firstDay: number, lastDay: number): Nights => {
  if (firstDay === lastDay) return nightOf(b, firstDay)
  const [first, last] = [b.dayOf('s.begin'), b.dayOf('(s.begin + s.last)')]
  const day = `(${first} + night.value)`
  return {
    day,
    person: 'case night.value when 0 then s.person else coalesce(s.next, s.person) end',
    join: `cross join json_each(case when ${first} = ${last} then '[0]' else '[0,1,2]' end) night on ${day} <= ${last}`,
  }
}

/** Active days of visitors with a persistent id, each once. */
export const activeDays = (b: Builder, firstDay: number, lastDay: number): string => {
  const { day, person, join } = nightsOf(b, firstDay, lastDay)
  const from = startOfDay(firstDay, b.scope.zone) - REACH
  const to = startOfDay(lastDay + 1, b.scope.zone)
  return `select distinct ${person} as person, ${day} as day
from (${sessionsBetween(b, from, to)(NIGHT_COLUMNS)}) s
${join}
where s.person < 0 and ${day} between ${int(firstDay)} and ${int(lastDay)}`
}

/** When visitors with a persistent id were first seen ever. */
export const firsts = (b: Builder): string =>
  b.manyRows('firsts', () => {
    b.looksBack(Infinity)
    const stored = `select visitor, hour * 3600000 + at as begin
from visits
where site = ${b.bind(b.scope.site)} and visitor < 0${notRemoved(b)}`
    return `select visitor, min(begin) as first from (\n${stored}${unionAdded(b, 'value->>0 < 0')(['person', 'begin'])}\n) group by visitor`
  })

/** The user or visitor of a page view or event; worker/sessions/personAt.ts applies the same rule to sessions. */
const personOf = (b: Builder, alias: string, time: string): string => {
  if (!b.scope.hasIdentities) return `${alias}.visitor`
  const nearest = (link: string): string =>
    `order by ${link}.since <= ${time} desc, case when ${link}.since <= ${time} then -${link}.since else ${link}.since end, ${link}.user
    limit 1`
  return `coalesce((
    select coalesce((
      select u.user from identities u
      where u.site = i.site and u.visitor = i.user
      ${nearest('u')}
    ), i.user)
    from identities i
    where i.site = ${b.bind(b.scope.site)} and i.visitor = ${alias}.visitor
    ${nearest('i')}
  ), ${alias}.visitor)`
}

export type FactKind = 'views' | 'events' | 'both'

/** The name id of a purchase that is left out: it counts as activity only. No event has this id. */
const LEFT_OUT = -2

export const eventColumns = (
  b: Builder,
): string => `e.id, ${eventName(b)} as name, e.active, e.page, 0 as seen, null as depth, null as clicks,
  e.currency, e.value, e.transaction_id, e.items, e.properties`

/** The same columns; purchases that are left out count as activity only. */
const countedColumns = (b: Builder): string => {
  if (!isOnlyConfirmed(b, 'all')) return eventColumns(b)
  const confirmed = (column: string): string => `iif(e.unconfirmed, null, e.${column}) as ${column}`
  const columns = ['currency', 'value', 'transaction_id', 'items', 'properties'].map(confirmed).join(', ')
  return `e.id, iif(e.unconfirmed, ${int(LEFT_OUT)}, ${eventName(b)}) as name, e.active, e.page, 0 as seen, null as depth, null as clicks, ${columns}`
}

export const boundsOf = (b: Builder, alias: string, from: number, to: number): string =>
  `${alias}.site = ${b.bind(b.scope.site)} and ${hours(`${alias}.hour`, from, to)}
  and ${alias}.hour * 3600000 + ${alias}.at >= ${int(from)} and ${alias}.hour * 3600000 + ${alias}.at < ${int(to)}`

export const personAt = (b: Builder, alias: string): string =>
  personOf(b, alias, `(${alias}.hour * 3600000 + ${alias}.at)`)

/**
 * Page views of a span, by default of the period.
 * @param more further columns
 */
export const viewsBetween = (b: Builder, more = '', { from, to }: Pick<Range, 'from' | 'to'> = b.scope.range): string =>
  `select ${personAt(b, 'v')} as person, v.hour * 3600000 + v.at as time, v.id, 0 as name, 1 as active, v.page, v.seen,
  ${known('v.depth')} as depth, ${known('v.clicks')} as clicks,
  null as currency, null as value, null as transaction_id, null as items, null as properties${more}
from views v
where ${boundsOf(b, 'v', from, to)}`

/**
 * Events of a span, by default of the period. With a `condition` on the event `e`, money that is left out is not among them.
 * @param more further columns
 */
export const eventsBetween = (
  b: Builder,
  condition = '',
  more = '',
  { from, to }: Pick<Range, 'from' | 'to'> = b.scope.range,
): string => `select ${personAt(b, 'e')} as person, e.hour * 3600000 + e.at as time, ${countedColumns(b)}${more}
from events e
where ${boundsOf(b, 'e', from, to)}${condition}${condition === '' ? '' : onlyConfirmed(b, 'all')}`

/** Page views and events of a span. With a `condition` on the event `e`, money that is left out is not among them. */
export const factsBetween = (b: Builder, kind: FactKind, from: number, to: number, condition = ''): string => {
  const views = viewsBetween(b, '', { from, to })
  const events = eventsBetween(b, condition, '', { from, to })
  if (kind === 'views') return views
  return kind === 'events' ? events : `${views}\nunion all\n${events}`
}

/**
 * Page views and events of the period.
 * @param isJoined whether they are joined with another table: see `manyRows`
 * @param more further columns, of page views alone
 */
export const facts = (b: Builder, kind: FactKind, condition = '', isJoined = true, more = ''): string => {
  const name = condition + more === '' ? `facts_${kind}` : b.nameOf(`facts_${kind}`, condition + more)
  const { from, to } = b.scope.range
  const rows = (): string => (more === '' ? factsBetween(b, kind, from, to, condition) : viewsBetween(b, more))
  return isJoined ? b.manyRows(name, rows) : b.table(`${name}_alone`, rows)
}

/**
 * Refunds of some transactions, of any time, by an index of their own.
 * @param transactions SQL of rows with a `transaction_id`
 */
export const refundsOfTransactions = (b: Builder, transactions: string, confirmation: Confirmation): string => {
  const time = '(e.hour * 3600000 + e.at)'
  return `select ${personOf(b, 'e', time)} as person, ${time} as time, ${eventColumns(b)}
from (select distinct transaction_id from (${transactions})) t
cross join events e indexed by refunds_of_orders on e.site = ${b.bind(b.scope.site)} and e.name = ${int(REFUND)}
  and e.transaction_id = t.transaction_id${onlyConfirmed(b, confirmation)}`
}

/** The table of page views and events that sessions of the period can hold. */
export const HELD_FACTS = 'held_facts'

/** Page views and events that sessions of the period can hold. */
export const heldFacts = (b: Builder): string =>
  b.manyRows(HELD_FACTS, () => {
    const { range, heldTo = range.to + REACH } = b.scope
    return factsBetween(b, 'both', range.from, heldTo, '')
  })

/** Guide events of the period, with a margin on both sides so that runs are complete. */
export const guideFacts = (b: Builder, names: readonly number[]): string =>
  b.table('guide_facts', () =>
    factsBetween(b, 'events', b.scope.range.from - REACH, b.scope.range.to + REACH, isNamed(b, ...names)),
  )

/**
 * The join of a page view or event `f` with its session `s`.
 * @param span of the page views and events, by default the period
 */
export const joinSession = (b: Builder, span?: Span): string =>
  `left join ${parts(b, span)} s on ${inPart('f.person', 'f.time')}`
