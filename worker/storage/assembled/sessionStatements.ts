import { columnOf, columnsOf } from '../columns'
import { SESSION_KEY, SESSION_VALUES } from '../rowShapes'
import { excluded, inArray, list } from './sqlLists'
import { readValue, storedValue } from './unreported'

const names = [...SESSION_KEY.names, ...SESSION_VALUES.names]
const value = inArray(names, 'value')

export const VISITS_UPSERT = `insert into visits (site, ${list(names)})
select ?1, ${list(names.map(name => storedValue(columnOf('visits', name), value(name))))}
from json_each(?2)
where true
on conflict do update set ${excluded(SESSION_VALUES.names)}`

const read = list(columnsOf('visits').map(name => `${readValue(columnOf('visits', name), `v.${name}`)} as ${name}`))

/** The sessions that began in some hours, both included. */
export const VISITS_SELECT_HOUR_RANGE = `select ${read}
from visits v
where v.site = ?1 and v.hour between ?2 and ?3`

/** The sessions that visitors began in some hours of theirs. */
export const VISITS_SELECT_HOURS = `select ${read}
from json_each(?2) j
cross join visits v on v.site = ?1 and v.hour = j.value->>1 and v.visitor = j.value->>0`
