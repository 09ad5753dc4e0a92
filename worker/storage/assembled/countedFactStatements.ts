import { FIRST_CUSTOM_EVENT, knownEvent } from '../../../shared/events'
import { columnsOf } from '../columns'
import { DICTIONARIES } from '../schema'
import { list } from './sqlLists'

const CONTEXT = { page: 'pages', source: 'sources', place: 'places', device: 'devices' } as const
type ContextColumn = keyof typeof CONTEXT

const isContext = (column: string): column is ContextColumn => Object.hasOwn(CONTEXT, column)

/** An entry of a dictionary as a JSON list, null without one. */
const entry = (column: ContextColumn): string =>
  `iif(r.${column} is null, null, json_array(${list(DICTIONARIES[CONTEXT[column]].map(text => `${column}_entry.${text}`))})) as ${column}`

const joinOf = (column: ContextColumn): string =>
  `left join ${CONTEXT[column]} ${column}_entry on ${column}_entry.id = r.${column}`

const JOINS = (Object.keys(CONTEXT) as ContextColumn[]).map(joinOf).join('\n')

const columnsToRead = (table: 'views' | 'events'): string =>
  list(columnsOf(table).map(column => (isContext(column) ? entry(column) : `r.${column}`)))

/**
 * Page views and events of browsers after one, in the order of their keys, with what filters compare. Events that a server
 * gave an id have ids below 0, and orders are made from purchases.
 */
const after = (
  table: 'views' | 'events',
): string => `select r.hour, r.visitor, r.id, page_entry.hostname, page_entry.path, place_entry.country, device_entry.browser
from ${table} r
left join pages page_entry on page_entry.id = r.page
left join places place_entry on place_entry.id = r.place
left join devices device_entry on device_entry.id = r.device
where r.site = ?1 and (r.hour, r.visitor, r.id) > (?2, ?3, ?4) and r.id >= 0${table === 'events' ? ` and not (r.name = ${knownEvent('purchase')} and r.transaction_id is not null)` : ''}
order by r.hour, r.visitor, r.id
limit ?5`

/** Whole rows by their keys: [hour, visitor, id]. */
const whole = (
  table: 'views' | 'events',
): string => `select ${columnsToRead(table)}${table === 'events' ? ', name_entry.name as custom' : ''}
from json_each(?2) j
cross join ${table} r on r.site = ?1 and r.hour = j.value->>0 and r.visitor = j.value->>1 and r.id = j.value->>2
${JOINS}${table === 'events' ? `\nleft join names name_entry on name_entry.id = r.name - ${FIRST_CUSTOM_EVENT}` : ''}`

/** Reads what is counted, to exclude it by a filter. */
export const COUNTED_FACT_STATEMENTS = {
  views: { after: after('views'), whole: whole('views') },
  events: { after: after('events'), whole: whole('events') },
} as const
