import { columnOf, columnsOf, packedPlace } from '../columns'
import { BEGIN_VALUES, EVENT_ID_ROW, EVENT_ROW, PURCHASE_ROW, VIEW_ROW } from '../rowShapes'
import { ARRAY_ROWS, excluded, inArray, list } from './sqlLists'
import { firstValue, storedValue } from './unreported'

/**
 * Whether no earlier event has the id that the sender gave to the event of a row. An event that is sent again without an id
 * of its visitor, after the salt of its day was destroyed, is the same from another visitor: the first counts.
 */
const isFirstOfId = (key: string, order: readonly string[], visitor: string): string => `${key} is null
  or not exists (
    select 1 from event_ids k
    where k.site = ?1 and k.key = ${key}
      and ((k.time, k.sent_visitor, k.id) < (${list(order)})
        or ((k.time, k.sent_visitor, k.id) = (${list(order)}) and k.visitor <> ${visitor}))
  )`

type ViewPlace = (name: (typeof VIEW_ROW.names)[number]) => string

/** The row is found by the page's own id where the visitor's address or browser changed on the way. */
const visitorOfView = (value: ViewPlace): string => `coalesce(
    (select v.visitor from views v where v.site = ?1 and v.hour = ${value('hour')} and v.visitor = ${value('visitor')} and v.id = ${value('id')}),
    (select v.visitor from views v where ${value('may_move')} and v.site = ?1 and v.hour = ${value('hour')} and v.id = ${value('id')} limit 1),
    ${value('visitor')}
  )`

const viewValues = (value: ViewPlace): string =>
  list(
    columnsOf('views').map(column =>
      column === 'visitor' ? visitorOfView(value) : storedValue(columnOf('views', column), value(column)),
    ),
  )

/**
 * Running totals only grow, except Interaction to Next Paint: from the fiftieth interaction on, the slowest is ignored. So the
 * value sent with the longest visible time counts. Without the last `where`, an unchanged row would be written and billed again.
 */
const GROWN = `on conflict (site, hour, visitor, id) do update set
  seen = max(seen, excluded.seen),
  depth = max(depth, excluded.depth),
  clicks = max(clicks, excluded.clicks),
  lcp = max(lcp, excluded.lcp),
  inp = iif(excluded.inp < 0 or excluded.seen < seen, inp, excluded.inp),
  cls = max(cls, excluded.cls)
where excluded.seen > seen or excluded.depth > depth or excluded.clicks > clicks`

const view = inArray(VIEW_ROW.names, 'value')

/** A page view's beginning and its later running totals alike. */
export const VIEWS_INSERT = `insert into views (site, ${list(columnsOf('views'))})
select ?1, ${viewValues(view)}
from ${ARRAY_ROWS}
where ${isFirstOfId(view('event_key'), [`${view('hour')} * 3600000 + ${view('at')}`, view('sent_visitor'), view('id')], view('visitor'))}
${GROWN}`

/** As `VIEWS_INSERT`, of one page view whose sender gave no id, without the array: most beacons are that. */
export const VIEWS_INSERT_ONE = `insert into views (site, ${list(columnsOf('views'))})
values (?1, ${viewValues(name => `?${VIEW_ROW.names.indexOf(name) + 2}`)})
${GROWN}`

const BEGUN = columnsOf('views').map((column, place) =>
  place < BEGIN_VALUES ? `?${place + 2}` : firstValue(columnOf('views', column)),
)

/**
 * As `VIEWS_INSERT_ONE`, of a page view without totals: it adds nothing to a stored one and does not stand under another
 * visitor. SQLite compiles it in a third of the time.
 */
export const VIEWS_INSERT_BEGUN = `insert into views (site, ${list(columnsOf('views'))})
values (?1, ${list(BEGUN)})
on conflict do nothing`

const event = inArray(EVENT_ROW.names, 'j.value')

/** An event that a browser sends again, its answer lost, is the same where its address changed on the way. */
export const EVENTS_INSERT = `insert into events (site, ${list(columnsOf('events'))})
select ?1, ${list(columnsOf('events').map(event))}
from ${ARRAY_ROWS} j
where (${isFirstOfId(event('event_key'), [`${event('hour')} * 3600000 + ${event('at')}`, event('sent_visitor'), event('id')], event('visitor'))})
  and not (coalesce(${event('may_move')}, 0) and exists (
    select 1 from events e
    where e.site = ?1 and e.hour = ${event('hour')} and e.id = ${event('id')} and e.at = ${event('at')} and e.name = ${event('name')}
  ))
on conflict do nothing`

/** What an order takes from the view `orders`, beside what its purchase holds in arrays. */
const OF_ORDER: Readonly<Record<string, string>> = {
  hour: 'o.time / 3600000',
  visitor: 'o.visitor',
  id: 'o.id',
  at: 'o.time % 3600000',
  name: '?4',
  transaction_id: 'o.transaction_id',
  unconfirmed: 'o.unconfirmed',
}

const orderValue = (column: string): string => {
  const place = packedPlace(column)
  const value = OF_ORDER[column] ?? (place && `o.${place}`)
  if (value === undefined) throw new Error(`a purchase does not hold the column ${column} of events`)
  return value
}

/** The orders of some transactions, and of those an earlier event with the same id takes a purchase from. */
export const EVENTS_INSERT_ORDERS = `insert into events (site, ${list(columnsOf('events'))})
select o.site, ${list(columnsOf('events').map(orderValue))}
from orders o
where o.site = ?1 and o.transaction_id in (
    select value from json_each(?2)
    union
    select k.transaction_id
    from json_each(?3) j
    cross join event_ids k on k.site = ?1 and k.key = j.value->>0
    where k.transaction_id is not null
      and (j.value->>1, j.value->>2, j.value->>4) < (k.time, k.sent_visitor, k.id)
  )
on conflict do nothing`

const purchase = inArray(PURCHASE_ROW.names, 'value')

export const PURCHASES_INSERT = `insert into purchases (site, ${list(columnsOf('purchases'))})
select ?1, ${list(columnsOf('purchases').map(purchase))}
from json_each(?2)
where ${isFirstOfId(purchase('event_key'), [purchase('time'), purchase('sent_visitor'), purchase('id')], purchase('visitor'))}
on conflict do nothing`

/** Fails where an id is known. */
export const EVENT_IDS_INSERT = `insert into event_ids (site, ${list(EVENT_ID_ROW.names)})
select ?1, ${list(EVENT_ID_ROW.names.map(inArray(EVENT_ID_ROW.names, 'value')))}
from ${ARRAY_ROWS}`

/** The earliest event with an id is the event, then the one whose sender named the smallest visitor. */
export const EVENT_IDS_UPSERT = `${EVENT_IDS_INSERT}
where true
on conflict do update set ${excluded(EVENT_ID_ROW.names.filter(name => name !== 'key'))}
where (excluded.time, excluded.sent_visitor, excluded.id) < (time, sent_visitor, id)`
