import { knownEvent } from '../../../shared/events'
import type { Builder } from './builder'
import { type Confirmation, onlyConfirmed } from './confirmed'
import { wasNamed } from './eventNames'
import { int } from './int'
import { boundsOf, eventColumns, personAt } from './tables'

/** Events of customers. They are rare, and an index of their own, with the same list, finds them by name and hour. */
const OF_CUSTOMERS = [10, 11, 12, 13, 14, 16, 17, 18, 19]

/** Without the index named, SQLite would read every event of the hours. */
const rowsNamed = (b: Builder, names: readonly number[], bounds: string, confirmation: Confirmation): string => {
  const rows = (index: string, condition: string): string =>
    `select ${personAt(b, 'e')} as person, (e.hour * 3600000 + e.at) as time, ${eventColumns(b)}
from events e${index}
where ${bounds}${condition}${onlyConfirmed(b, confirmation)}`
  const former = wasNamed(b, names)
  return [
    rows(
      ' indexed by events_of_customers',
      ` and e.name in (${OF_CUSTOMERS.join(', ')}) and e.name in (${names.map(int).join(', ')})`,
    ),
    ...(former === null ? [] : [rows('', former)]),
  ].join('\nunion all\n')
}

/** All events of these names, of any time. */
export const eventsSinceEver = (b: Builder, names: readonly number[]): string => {
  const sorted = [...names].sort((one, other) => one - other)
  return b.table(`since_ever_${sorted.map(int).join('_')}`, () => {
    b.looksBack(Infinity)
    return rowsNamed(b, sorted, `e.site = ${b.bind(b.scope.site)}`, 'all')
  })
}

/** SQL of the events of one name in the period, without money that is left out. */
export const customerEvents = (b: Builder, name: number, confirmation: Confirmation): string => {
  const { from, to } = b.scope.range
  return rowsNamed(b, [name], boundsOf(b, 'e', from, to), confirmation)
}

/** The orders of the period. */
export const ordersOfPeriod = (b: Builder, confirmation: Confirmation): string =>
  b.table('orders_of_period', () => customerEvents(b, knownEvent('purchase'), confirmation))
