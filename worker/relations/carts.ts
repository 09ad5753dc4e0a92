import { type EventName, knownEvent } from '../../shared/events'
import { DAY } from '../../shared/time'
import { toMinor } from '../lib/money'
import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import { isNamed } from './sql/eventNames'
import { int } from './sql/int'
import { inPeriod } from './sql/shape'
import { factsBetween } from './sql/tables'
import { unitRows } from './sql/units'
import type { MoneySource } from './terms'

/** How long after it was abandoned a cart can be recovered, milliseconds. */
const RECOVERY = 30 * DAY
/** How long before the period shopping is read, to know what carts hold at its start; milliseconds. */
const BEFORE = 30 * DAY

const ADD = knownEvent('add_to_cart')
const REMOVE = knownEvent('remove_from_cart')
const PURCHASE = knownEvent('purchase')

/** In the order in which events of the same millisecond happened. */
const SHOPPING: readonly EventName[] = [
  'add_to_cart',
  'remove_from_cart',
  'view_cart',
  'begin_checkout',
  'add_shipping_info',
  'add_payment_info',
  'purchase',
]

/** Pieces are counted in thousandths, so that fractions cancel out exactly when they are removed. */
const PIECES = `cast(round(1000 * coalesce(nullif(
        (select sum(one.value->>'quantity') from json_each(items) one), 0), 1)) as integer)`

const CARTS: readonly MoneySource[] = ['carts']

/**
 * What a shopping event adds to the value of the cart, minor units of the currency of the metrics that ask for it: the
 * event's value, else the prices of its items, of which the currency is not stored.
 */
const amountOf = (b: Builder): string => {
  const currency = b.currency(CARTS)
  const priced = `(select sum(one.value->>'price' * one.value->>'quantity') from json_each(items) one)`
  const worth = `case when currency = ${b.bind(currency)} then coalesce(value, 0)
          when currency is null then cast(round(${int(toMinor(1, currency))} * coalesce(${priced}, 0)) as integer)
          else 0 end`
  return `case name when ${int(ADD)} then ${worth} when ${int(REMOVE)} then -${worth} else 0 end`
}

/**
 * Shopping events with the number of pieces in the cart before and after each. A purchase, or a pause longer than the
 * window, empties the cart. In between, the pieces are the running sum, which never falls below 0: the sum minus its
 * minimum so far, if that is negative.
 */
const contents = (b: Builder, window: number): string =>
  b.table(`contents_${window}`, () => {
    b.looksBack(BEFORE)
    const { from, to } = b.scope.range
    const names = SHOPPING.map(knownEvent)
    const facts = factsBetween(b, 'events', from - BEFORE, to + RECOVERY + 2 * window, isNamed(b, ...names))
    const order = 'order by time, name, id'
    return `select *, coalesce(lag(pieces) over (partition by person, stretch ${order}), 0) as before
from (
  select *, total - min(0, min(total) over (partition by person, stretch ${order} rows unbounded preceding)) as pieces
  from (
    select *, sum(delta) over (partition by person, stretch ${order} rows unbounded preceding) as total
    from (
      select *, sum(parted) over (partition by person ${order} rows unbounded preceding) as stretch
      from (
        select person, time, id, name,
          case name when ${int(ADD)} then ${PIECES} when ${int(REMOVE)} then -${PIECES} else 0 end as delta, ${amountOf(b)} as amount,
          coalesce(lag(name) over line = ${int(PURCHASE)} or time - lag(time) over line > ${int(window)}, 1) as parted
        from (
${facts}
        )
        window line as (partition by person ${order})
      )
    )
  )
)`
  })

/** Carts that began in the period, and purchases in it without a cart. */
const carts = (b: Builder, window: number): string => {
  const from = contents(b, window)
  return b.table(`carts_${window}`, () => {
    const abandoned = `not converted and not emptied and last + ${int(window)} < ${int(b.scope.now)}`
    return `select *, what = 'purchase' and not coalesce(lag(recovered) over (partition by person order by begin, what), 0) as bare
from (
  select *, abandoned and coalesce(
    lead(what) over turn = 'purchase' and lead(begin) over turn <= last + ${int(window + RECOVERY)}, 0
  ) as recovered
  from (
    select *, what = 'cart' and ${abandoned} as abandoned from (
    select person, 'cart' as what, min(time) as begin, max(time) as last,
      max(pieces = 0 and before > 0) as emptied, max(name = ${int(PURCHASE)} and before > 0) as converted,
      max(0, sum(amount)) as worth
    from (
      select *, sum(delta > 0 and before = 0) over (
        partition by person, stretch order by time, name, id rows unbounded preceding
      ) as cart
      from ${from}
    )
    where cart > 0
    group by person, stretch, cart
    union all
    select person, 'purchase', time, time, 0, 0, 0 from ${from} where name = ${int(PURCHASE)} and before = 0
    )
  )
  window turn as (partition by person order by begin, what)
)
where ${inPeriod(b, 'begin')}`
  })
}

/**
 * Shopping carts that began in the period: a visitor has at most one open cart, and each has one outcome. Rows that are
 * `bare` are purchases of the period that neither had a cart nor recovered one.
 * @param window milliseconds without shopping after which a cart with goods in it is abandoned
 */
export const cartsOf = (window: number): Relation => ({
  key: `carts/${window}`,
  rows: b =>
    unitRows(
      b,
      carts(b, window),
      `r.converted or r.emptied or r.abandoned as ended, r.converted, r.emptied, r.abandoned, r.recovered, r.bare, r.what = 'cart' as is_cart,
  r.abandoned and r.last + ${int(window + RECOVERY)} <= ${int(b.scope.now)} as decided,
  r.what = 'cart' and not r.converted and not r.emptied and not r.abandoned as open, r.worth`,
    ),
})
