import { EVENTS as DEFINITIONS, FIRST_CUSTOM_EVENT, knownEvent } from '../../../shared/events'
import { refundsOfPeriod } from '../../relations/money'
import { int } from '../../relations/sql/int'
import { eventsBetween } from '../../relations/sql/tables'
import { column, flag, happened, money, ORIGIN, pageColumns, plain, SESSION, VISITOR } from '../column'
import type { ExportTable } from '../exportTable'

const REFUND = int(knownEvent('refund'))

/** Columns that events have and page views have not. */
const OWN = ['source', 'place', 'device', 'tax', 'shipping', 'unconfirmed'].map(name => `, e.${name}`).join('')

export const EVENTS: ExportTable = {
  name: 'events',
  help: 'A row for each event that is no page view, on the day it happened.',
  stored: 'events',
  rowsAtOnce: 2_000,
  isOfSessions: true,
  columns: [
    ...happened('it happened'),
    column('name', 'text', 'Name of the event.', ({ values }, { text }) => {
      const name = Number(values.name)
      return DEFINITIONS[name]?.name ?? text('names', name - FIRST_CUSTOM_EVENT, 'name')
    }),
    SESSION,
    ...VISITOR,
    flag('active', 'Whether the event is activity, which begins and lengthens sessions.'),
    ...pageColumns(),
    ...ORIGIN,
    plain('currency', 'text', 'Currency of the amounts.'),
    money('value', 'Value without tax and shipping; of a refund, the amount that it counts for.'),
    money('tax', 'Tax.'),
    money('shipping', 'Shipping.'),
    plain('transaction_id', 'text', 'Id of the order.'),
    flag('unconfirmed', 'Whether only a browser sent the order.'),
    plain('items', 'json', 'The items, as a JSON list.'),
    plain('properties', 'json', 'The other properties, as a JSON object.'),
  ],
  rows: b => `select e.person, e.time, e.id, e.name, e.active, e.page, e.source, e.place, e.device, e.tax, e.shipping,
  e.transaction_id, e.unconfirmed, e.items, e.properties,
  coalesce(r.currency, e.currency) as currency, iif(e.name = ${REFUND}, r.value, e.value) as value
from (
${eventsBetween(b, '', OWN)}
) e
left join (
${refundsOfPeriod(b, 'all')}
) r on e.name = ${REFUND} and r.person = e.person and r.time = e.time and r.id = e.id
where e.name >= 0`,
}
