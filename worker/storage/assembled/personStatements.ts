import { columnOf, columnsOf, packedPlace } from '../columns'
import { type Column, DICTIONARIES, type TableName } from '../schema'
import { list } from './sqlLists'
import { readValue } from './unreported'

/** What a column gives to a row of a person, and the dictionary that it needs. */
interface Read {
  readonly columns: readonly string[]
  readonly joins: readonly string[]
}

/** A reference with an offset is told as it is stored too: a smaller number is an event's that every site knows. */
const readReference = (name: string, place: string, column: Extract<Column, { kind: 'reference' }>): Read => {
  const { dictionary, offset } = column
  const alias = `${name}_entry`
  const join = `left join ${dictionary} ${alias} on ${alias}.id = ${place}`
  const entries = DICTIONARIES[dictionary].map(entry => `${alias}.${entry}`)
  if (offset === 0) return { columns: entries, joins: [join] }
  return {
    columns: [`${place} as ${name}`, ...entries.map(entry => `${entry} as custom`)],
    joins: [`${join} - ${offset}`],
  }
}

const readColumn = (name: string, place: string, column: Column): Read[] => {
  if (column.kind === 'packed') {
    return column.holds.flatMap(held => readColumn(held, `r.${packedPlace(held)}`, columnOf('events', held)))
  }
  if (column.kind === 'reference') return column.notExported ? [] : [readReference(name, place, column)]
  return [{ columns: [`${readValue(column, place)} as ${name}`], joins: [] }]
}

/** What a statement selects of the rows `r` of a table, and the dictionaries that it joins. */
const readTable = (table: TableName) => {
  const reads = columnsOf(table).flatMap(name => readColumn(name, `r.${name}`, columnOf(table, name)))
  return {
    columns: list(reads.flatMap(read => read.columns)),
    joins: reads.flatMap(read => read.joins.map(join => `\n${join}`)).join(''),
  }
}

const TIME = 'r.hour * 3600000 + r.at'

/** Rows of visitors in spans of time: [visitor, first hour, last hour, since, until]. */
const inSpans = (table: 'views' | 'events' | 'visits'): string => {
  const { columns, joins } = readTable(table)
  return `with recursive spans(visitor, hour, last, since, until) as (
  select value->>0, value->>1, value->>2, value->>3, value->>4 from json_each(?2)
  union all
  select visitor, hour + 1, last, since, until from spans where hour < last
)
select ${TIME} as time, ${columns}
from spans s
cross join ${table} r on r.site = ?1 and r.hour = s.hour and r.visitor = s.visitor${joins}
where ${TIME} >= s.since and ${TIME} < s.until
order by time`
}

/** Rows of visitors, of all time. */
const ofVisitors = (table: 'purchases' | 'event_ids'): string => {
  const { columns, joins } = readTable(table)
  return `select ${columns}
from ${table} r${joins}
where r.site = ?1 and r.visitor in (select value from json_each(?2))
order by r.time`
}

/**
 * Reads the rows of a person. There is no index of `event_ids` by visitor: it would cost a row for each event, and is
 * asked for when a person asks.
 */
export const PERSON_STATEMENTS = {
  views: inSpans('views'),
  events: inSpans('events'),
  visits: inSpans('visits'),
  purchases: ofVisitors('purchases'),
  event_ids: ofVisitors('event_ids'),
} as const satisfies Partial<Record<TableName, string>>

export type TableOfPerson = keyof typeof PERSON_STATEMENTS
