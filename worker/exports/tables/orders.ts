import { knownEvent } from '../../../shared/events'
import { refundsOf } from '../../relations/orders'
import type { Builder } from '../../relations/sql/builder'
import { isNamed } from '../../relations/sql/eventNames'
import { eventsBetween } from '../../relations/sql/tables'
import { column, happened, money, ORIGIN, pageColumns, plain, SESSION, VISITOR } from '../column'
import type { ExportTable } from '../exportTable'

const OWN = ['source', 'place', 'device', 'tax', 'shipping', 'unconfirmed'].map(name => `, e.${name}`).join('')

const ordersOf = (b: Builder): string =>
  b.table('exported_orders', () => eventsBetween(b, isNamed(b, knownEvent('purchase')), OWN))

export const ORDERS: ExportTable = {
  name: 'orders',
  help: 'A row for each order, on the day it was placed.',
  stored: 'events',
  rowsAtOnce: 2_000,
  isOfSessions: true,
  columns: [
    ...happened('the order was placed'),
    plain('transaction_id', 'text', 'Id of the order.'),
    SESSION,
    ...VISITOR,
    plain('currency', 'text', 'Currency of the amounts.'),
    money('value', 'Value without tax and shipping.'),
    money('tax', 'Tax.'),
    money('shipping', 'Shipping.'),
    money('refunded', 'How much of the value has been refunded, whenever that was.'),
    column(
      'confirmed',
      'boolean',
      'Whether a server sent the order, and not only a browser.',
      ({ values }) => !values.unconfirmed,
    ),
    ...pageColumns(),
    ...ORIGIN,
    plain('items', 'json', 'The items, as a JSON list.'),
    plain('properties', 'json', 'The other properties, as a JSON object.'),
  ],
  rows: b => {
    const from = ordersOf(b)
    const refunds = refundsOf(b, from, 'all')
    return `select o.person, o.time, o.id, o.page, o.source, o.place, o.device, o.transaction_id, o.currency, o.value,
  o.tax, o.shipping, o.unconfirmed, o.items, o.properties, min(o.value, coalesce(sum(r.value), 0)) as refunded
from ${from} o
left join ${refunds} r on r.transaction_id = o.transaction_id and r.currency = o.currency
group by o.transaction_id`
  },
}
