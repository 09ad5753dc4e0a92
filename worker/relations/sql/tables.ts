import { knownEvent } from '../../../shared/events'
import { SESSION_TIMEOUT } from '../../../shared/sessionRules'
import { HOUR } from '../../../shared/time'
import { startOfDay } from '../../lib/calendar'
import type { Builder } from './builder'
import { type Believed, isOnlyConfirmed, onlyConfirmed } from './confirmed'
import { isNamed, nameOf, wasNamed } from './eventNames'
import { int } from './int'
import { isOneOf } from './isOneOf'
import { SESSION_COLUMNS, type SessionColumn } from './sessionColumns'

/** Longest a session can reach past its beginning: 24 hours of beginnings, 24 of a page seen, the pause. */
const REACH = 49 * 3_600_000
const REFUND = knownEvent('refund')

const hours = (column: string, from: number, to: number): string =>
  `${column} >= ${int(Math.floor(from / HOUR))} and ${column} <= ${int(Math.floor(to / HOUR))}`

/** As stored, -1 is a number that nobody reported. */
const known = (column: string): string => `nullif(${column}, -1)`

/** Columns of `added`, in the order in which `sessionRow` of worker/sessions/sessionRow.ts gives their values. */
const ADDED_COLUMNS = ['person', 'begin', ...SESSION_COLUMNS, 'open'] as const

const notRemoved = (b: Builder): string => {
  if (b.scope.stored === false) return '\n  and 0'
  return b.scope.removed === null
    ? ''
    : `\n  and not ${isOneOf('(hour, visitor, at)', `select value->>0, value->>1, value->>2 from json_each(${b.bind(b.scope.removed)})`)}`
}

type AddedColumn = (typeof ADDED_COLUMNS)[number]

/** What `added` adds, for some columns of it. */
const unionAdded = (b: Builder, condition: string): ((columns: readonly AddedColumn[]) => string) => {
  if (b.scope.added === null) return () => ''
  const added = b.bind(b.scope.added)
  return columns => {
    // A column that is a number here and anything there takes no index.
    const values = columns.map(column => `cast(value->>${ADDED_COLUMNS.indexOf(column)} as integer) as ${column}`)
    return `\nunion all\nselect ${values.join(', ')}\nfrom json_each(${added})\nwhere ${condition}`
  }
}

/** Text of a table of sessions, by the columns it has besides `person`, `begin` and `open`. */
type SessionsText = (columns: readonly SessionColumn[]) => string

/**
 * Sessions that began in a span: the stored visits with what is not settled laid over them.
 * @param reach when the first of the stored ones began, where that is known
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

/** Sessions that something in the period can belong to. */
export const reachingSessions = (b: Builder): string =>
  b.table('reaching_sessions', () => {
    const { range, reach } = b.scope
    return sessionsBetween(b, range.from - REACH, range.to, reach)
  })

/**
 * Time in stretches, by which sessions are looked up. SQLite finds rows by what is equal and not by a range, and would
 * read every session of a person for each event; in one stretch a person has few.
 */
const STRETCH = 6 * HOUR

const stretchOf = (time: string): string => `${time} / ${int(STRETCH)}`

/**
 * Sessions by who they belong to and until when: a visit over midnight is of one id before and of
 * another after it. A fact belongs to the one of its person that holds its time: see `inPart`. A session is there
 * once for each stretch that it reaches into. As a recursive table it is one with many rows: see `manyRows`.
 */
export const parts = (b: Builder): string =>
  b.table('parts', () => {
    const from = reachingSessions(b)
    const bound = `coalesce(begin + cut - 1, begin + duration + ${int(SESSION_TIMEOUT)})`
    b.needs('next', 'duration', 'cut')
    return columns => `select person as part_person, ${bound} as bound, ${stretchOf('begin')} as stretch, * from ${from}
union all
select next, ${bound}, ${stretchOf('begin')}, * from ${from} where next is not null
union all
select part_person, bound, stretch + 1, ${['person', 'begin', ...columns, 'open'].join(', ')} from parts where stretch < ${stretchOf('bound')}`
  })

/** Whether a session `s` of `parts` is the one of a person at a time. */
export const inPart = (person: string, time: string): string =>
  `s.part_person = ${person} and s.stretch = ${stretchOf(time)} and ${time} between s.begin and s.bound`

interface Nights {
  readonly day: string
  readonly person: string
  readonly join: string
}

/** Columns of sessions that `nightsOf` reads. */
export const NIGHT_COLUMNS = ['next', 'last'] as const satisfies readonly SessionColumn[]

/** Of one local day nothing needs to be counted off: a session was active on it or was not. */
const nightOf = (b: Builder, day: number): Nights => ({
  day: `case when ${b.dayOf('s.begin')} <= ${int(day)} and ${b.dayOf('(s.begin + s.last)')} >= ${int(day)} then ${int(day)} end`,
  person: `case when ${b.dayOf('s.begin')} = ${int(day)} then s.person else coalesce(s.next, s.person) end`,
  join: '',
})

/**
 * The local days on which visitors were active, of sessions `s`: those from its beginning to the start of its
 * last activity. It is at most three, as no activity begins 24 hours after the session; for most it is one.
 */
export const nightsOf = (b: Builder, firstDay: number, lastDay: number): Nights => {
  if (firstDay === lastDay) return nightOf(b, firstDay)
  const [first, last] = [b.dayOf('s.begin'), b.dayOf('(s.begin + s.last)')]
  const day = `(${first} + night.value)`
  return {
    day,
    person: 'case night.value when 0 then s.person else coalesce(s.next, s.person) end',
    join: `join json_each(case when ${first} = ${last} then '[0]' else '[0,1,2]' end) night on ${day} <= ${last}`,
  }
}

/** Days on which lasting visitors were active, each once. */
export const activeDays = (b: Builder, firstDay: number, lastDay: number): string => {
  const { day, person, join } = nightsOf(b, firstDay, lastDay)
  const from = startOfDay(firstDay, b.scope.zone) - REACH
  const to = startOfDay(lastDay + 1, b.scope.zone)
  return `select distinct ${person} as person, ${day} as day
from (${sessionsBetween(b, from, to)(NIGHT_COLUMNS)}) s
${join}
where s.person < 0 and ${day} between ${int(firstDay)} and ${int(lastDay)}`
}

/** When lasting visitors were first seen, ever. */
export const firsts = (b: Builder): string =>
  b.manyRows('firsts', () => {
    b.looksBack(Infinity)
    const stored = `select visitor, hour * 3600000 + at as begin
from visits
where site = ${b.bind(b.scope.site)} and visitor < 0${notRemoved(b)}`
    return `select visitor, min(begin) as first from (\n${stored}${unionAdded(b, 'value->>0 < 0')(['person', 'begin'])}\n) group by visitor`
  })

/** Who a fact's visitor is: see settle/persons.ts, which says the same of sessions. */
const personOf = (b: Builder, alias: string, time: string): string =>
  b.scope.hasIdentities
    ? `coalesce((
    select i.user from identities i
    where i.site = ${b.bind(b.scope.site)} and i.visitor = ${alias}.visitor
    order by i.since <= ${time} desc, case when i.since <= ${time} then -i.since else i.since end, i.user
    limit 1
  ), ${alias}.visitor)`
    : `${alias}.visitor`

export type FactKind = 'views' | 'events' | 'both'

/** The name of an order that is left out: it counts as activity and as nothing else. No event and no question has this id. */
const LEFT_OUT = -2

const eventColumns = (
  b: Builder,
): string => `e.id, ${nameOf(b)} as name, e.active, e.page, 0 as seen, null as depth, null as clicks,
  e.currency, e.value, e.transaction_id, e.items, e.properties`

/** As the columns of an event; money that is left out stays what it was as activity. */
const believedColumns = (b: Builder): string => {
  if (!isOnlyConfirmed(b, 'all')) return eventColumns(b)
  const told = (column: string): string => `iif(e.unconfirmed, null, e.${column}) as ${column}`
  const columns = ['currency', 'value', 'transaction_id', 'items', 'properties'].map(told).join(', ')
  return `e.id, iif(e.unconfirmed, ${int(LEFT_OUT)}, ${nameOf(b)}) as name, e.active, e.page, 0 as seen, null as depth, null as clicks, ${columns}`
}

/** Facts of a span. `condition` is over the event `e`; with one, money that is left out is not among them. */
export const factsBetween = (b: Builder, kind: FactKind, from: number, to: number, condition = ''): string => {
  const bounds = (alias: string): string =>
    `${alias}.site = ${b.bind(b.scope.site)} and ${hours(`${alias}.hour`, from, to)}
  and ${alias}.hour * 3600000 + ${alias}.at >= ${int(from)} and ${alias}.hour * 3600000 + ${alias}.at < ${int(to)}`
  const person = (alias: string): string => personOf(b, alias, `(${alias}.hour * 3600000 + ${alias}.at)`)
  const views = `select ${person('v')} as person, v.hour * 3600000 + v.at as time, v.id, 0 as name, 1 as active, v.page, v.seen,
  ${known('v.depth')} as depth, ${known('v.clicks')} as clicks,
  null as currency, null as value, null as transaction_id, null as items, null as properties
from views v
where ${bounds('v')}`
  const events = `select ${person('e')} as person, e.hour * 3600000 + e.at as time, ${believedColumns(b)}
from events e
where ${bounds('e')}${condition}${condition === '' ? '' : onlyConfirmed(b, 'all')}`
  if (kind === 'views') return views
  return kind === 'events' ? events : `${views}\nunion all\n${events}`
}

/**
 * Facts of the period.
 * @param isJoined whether something is looked up for each of them: see `manyRows`
 */
export const facts = (b: Builder, kind: FactKind, condition = '', isJoined = true): string => {
  const name = condition === '' ? `facts_${kind}` : b.nameOf(`facts_${kind}`, condition)
  const rows = (): string => factsBetween(b, kind, b.scope.range.from, b.scope.range.to, condition)
  return isJoined ? b.manyRows(name, rows) : b.table(`${name}_alone`, rows)
}

/** Events that make customers: rare, and found over all time by an index of their own, which has this list too. */
const OF_CUSTOMERS = [10, 11, 12, 13, 14, 16, 17, 18, 19]

/** Events of these names since ever. */
export const eventsSinceEver = (b: Builder, names: readonly number[]): string => {
  const list = [...names].sort((one, other) => one - other).map(int)
  const time = '(e.hour * 3600000 + e.at)'
  const rows = (index: string, condition: string): string =>
    `select ${personOf(b, 'e', time)} as person, ${time} as time, ${eventColumns(b)}
from events e${index}
where e.site = ${b.bind(b.scope.site)}${condition}${onlyConfirmed(b, 'all')}`
  return b.table(`since_ever_${list.join('_')}`, () => {
    b.looksBack(Infinity)
    const former = wasNamed(b, names)
    return [
      rows(
        ' indexed by events_of_customers',
        ` and e.name in (${OF_CUSTOMERS.join(', ')}) and e.name in (${list.join(', ')})`,
      ),
      ...(former === null ? [] : [rows('', former)]),
    ].join('\nunion all\n')
  })
}

/**
 * Refunds of some transactions, whenever they were, by an index of their own.
 * @param transactions SQL of rows with a `transaction_id`
 */
export const refundsOfTransactions = (b: Builder, transactions: string, believed: Believed): string => {
  const time = '(e.hour * 3600000 + e.at)'
  return `select ${personOf(b, 'e', time)} as person, ${time} as time, ${eventColumns(b)}
from (select distinct transaction_id from (${transactions})) t
cross join events e indexed by refunds_of_orders on e.site = ${b.bind(b.scope.site)} and e.name = ${int(REFUND)}
  and e.transaction_id = t.transaction_id${onlyConfirmed(b, believed)}`
}

/** The table of facts that sessions of the period can hold. */
export const HELD_FACTS = 'held_facts'

/** Facts that sessions of the period can hold. */
export const heldFacts = (b: Builder): string =>
  b.manyRows(HELD_FACTS, () => {
    const { range, heldTo = range.to + REACH } = b.scope
    return factsBetween(b, 'both', range.from, heldTo, '')
  })

/** Events of guides, far enough to both sides that a run is whole. */
export const guideFacts = (b: Builder, names: readonly number[]): string =>
  b.table('guide_facts', () =>
    factsBetween(b, 'events', b.scope.range.from - REACH, b.scope.range.to + REACH, isNamed(b, ...names)),
  )

/** How a fact `f` finds its session `s`. */
export const IN_SESSION = (b: Builder): string => `left join ${parts(b)} s on ${inPart('f.person', 'f.time')}`
