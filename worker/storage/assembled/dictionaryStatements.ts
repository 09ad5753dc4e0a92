import type { DictionaryName } from '../dictionaryName'
import { DICTIONARIES } from '../schema'
import { list } from './sqlLists'

export interface DictionaryStatements {
  /** Adds the entries of a list that are not there yet, as many as the site may still add. */
  readonly insertNew: string
  /** Adds the entries that take the place of others. */
  readonly insertOther: string
  /** The ids of the entries of a list, each with its position in the list. */
  readonly select: string
  /** Adds the entries of a backup, each after its id there. */
  readonly insertRestored: string
  /** The ids of the entries of a backup, here and there. */
  readonly selectRestored: string
  /** The entries with the ids of a list. */
  readonly selectByIds: string
}

/** Without a page of its own, a host is made up: it gets no page "(other)" either. */
const PAGES_ONLY =
  "where j.value->>0 = '(other)' or exists (select 1 from pages t where t.site = ?1 and t.hostname = j.value->>0)"

const statementsOf = (table: DictionaryName): DictionaryStatements => {
  const columns: readonly string[] = DICTIONARIES[table]
  const values = (first: number): string => list(columns.map((_, n) => `j.value->>${n + first}`))
  const isEntry = (first: number): string =>
    ['t.site = ?1', ...columns.map((column, n) => `t.${column} = j.value->>${n + first}`)].join(' and ')
  const insert = `insert into ${table} (site, ${list(columns)})`
  return {
    insertNew: `${insert}
select distinct ?1, ${values(0)}
from json_each(?2) j
where not exists (select 1 from ${table} t where ${isEntry(0)})
limit max(0, min(?6, ?5 - coalesce((
  select a.count from additions a where a.site = ?1 and a.dictionary = '${table}' and a.sender = ?3 and a.day = ?4
), 0)))`,
    insertOther: `${insert}
select distinct ?1, ${values(0)}
from json_each(?2) j
${table === 'pages' ? PAGES_ONLY : 'where true'}
on conflict do nothing`,
    select: `select j.key as position, t.id
from json_each(?2) j
cross join ${table} t on ${isEntry(0)}`,
    insertRestored: `${insert}
select ?1, ${values(1)}
from json_each(?2) j
where true
on conflict do nothing`,
    selectRestored: `select j.value->>0 as old, t.id
from json_each(?2) j
cross join ${table} t on ${isEntry(1)}`,
    selectByIds: `select t.id, ${list(columns.map(column => `t.${column}`))}
from json_each(?1) j
cross join ${table} t on t.id = j.value`,
  }
}

export const DICTIONARY_NAMES = Object.keys(DICTIONARIES) as DictionaryName[]

export const DICTIONARY_STATEMENTS = Object.fromEntries(
  DICTIONARY_NAMES.map(table => [table, statementsOf(table)]),
) as Readonly<Record<DictionaryName, DictionaryStatements>>
