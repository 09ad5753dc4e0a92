import { knownEvent } from '../../shared/events'
import { PAYMENTS_PER_MONTH } from '../../shared/subscription'
import { DAY } from '../../shared/time'
import { startOfDay } from '../lib/calendar'
import { factRows } from './facts'
import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import { eventsSinceEver } from './sql/customerEvents'
import { int } from './sql/int'
import { inPeriod } from './sql/shape'
import type { MoneySource } from './terms'

const PURCHASE = knownEvent('purchase')
const START = knownEvent('subscription_start')
const CHANGE = knownEvent('subscription_change')
const CANCEL = knownEvent('subscription_cancel')

/** Later than any time. */
const NEVER = '9e15'

/** Purchases, and starts and changes of subscriptions other than trials. */
export const paying = (b: Builder): string => {
  const events = eventsSinceEver(b, [PURCHASE, START, CHANGE])
  return b.table(
    'paying',
    () =>
      `select * from ${events} where name = ${int(PURCHASE)} or coalesce(properties->>'status', 'active') != 'trial'`,
  )
}

/** Each person's first paying event. */
export const firstPaying = (b: Builder): string => {
  const from = paying(b)
  return b.table(
    'first_paying',
    () => `select * from (
  select *, row_number() over (partition by person order by time, name, id) as place from ${from}
) where place = 1`,
  )
}

/** People who became customers in the period. */
export const NEW_CUSTOMERS: Relation = {
  key: 'new_customers',
  rows: b =>
    factRows(b, 'events', { columns: '1 as fresh', from: firstPaying(b), conditions: [inPeriod(b, 'f.time')] }),
}

/**
 * States of subscriptions, each from one event until the next. An event that names no price or interval keeps the
 * one before.
 */
const subscriptions = (b: Builder): string => {
  const events = eventsSinceEver(b, [START, CHANGE, CANCEL])
  return b.table('subscriptions', () => {
    const own = 'partition by person, subscription'
    const order = `${own} order by time, name, value, id`
    return `select person, subscription, name, time, status,
  coalesce(lead(time) over standing, ${NEVER}) as until,
  max(value) over (${own}, priced) as price,
  max(case when value is not null then currency end) over (${own}, priced) as currency,
  coalesce(max(interval) over (${own}, timed), 'month') as interval
from (
  select *, count(value) over so_far as priced, count(interval) over so_far as timed
  from (
    select person, id, name, time, value, currency,
      coalesce(cast(properties->>'subscription_id' as text), '') as subscription,
      coalesce(properties->>'status', 'active') as status,
      properties->>'interval' as interval
    from ${events}
  )
  window so_far as (${order} rows unbounded preceding)
)
window standing as (${order})`
  })
}

/**
 * Spans in which people are customers: with a subscription that is not in trial, until its next event; with a
 * purchase, until they cancel a subscription or the lapse is over.
 */
const customerships = (b: Builder, lapse: number): string => {
  const standing = subscriptions(b)
  const events = eventsSinceEver(b, [PURCHASE, CANCEL])
  return b.table(
    `customerships_${int(lapse)}`,
    () => `select person, time as since, until, ${NEVER} as lapses
from ${standing} where name != ${int(CANCEL)} and status != 'trial'
union all
select person, time, coalesce(cancelled, ${NEVER}), time + ${int(lapse * DAY)}
from (
  select person, name, time, min(case when name = ${int(CANCEL)} then time end) over (
    partition by person order by time range between current row and unbounded following
  ) as cancelled
  from ${events}
)
where name = ${int(PURCHASE)}`,
  )
}

/** A moment at which customers are counted: events before `time` count, and purchases must not have lapsed at `age`. */
type Moment = readonly [bucket: number, time: number, age: number, side: 0 | 1]

const momentsOf = (b: Builder, sides: readonly (0 | 1)[]): string => {
  const { now, ends } = b.scope
  const moments = ends.flatMap(({ key, from, to }) =>
    sides.map((side): Moment => {
      const time = side === 0 ? from : to
      return [key, time, Math.min(time, now), side]
    }),
  )
  return b.bind(JSON.stringify(moments))
}

const customerRows = (b: Builder, lapse: number, sides: readonly (0 | 1)[]): string => {
  const from = customerships(b, lapse)
  return `select distinct m.value->>0 as bucket, c.person, m.value->>3 as side
from ${from} c
cross join json_each(${momentsOf(b, sides)}) m
  on c.since < m.value->>1 and m.value->>1 <= c.until and m.value->>2 <= c.lapses`
}

/** Customers at the end of each bucket. */
export const customers = (lapse: number): Relation => ({
  key: `customers/${lapse}`,
  rows: b => customerRows(b, lapse, [1]),
})

/** Customers at the start (`side` 0) and at the end (1) of each bucket. */
export const customersAtBothEnds = (lapse: number): Relation => ({
  key: `customers_at_both_ends/${lapse}`,
  rows: b => customerRows(b, lapse, [0, 1]),
})

/** The window of days that ends with each bucket that has begun: its start, its end, and how far it has passed. */
const windowsOf = (b: Builder, window: number): string => {
  const { now, ends, zone } = b.scope
  const windows = ends
    .filter(({ days }) => days > 0)
    .map(({ key, lastDay }) => {
      const to = startOfDay(lastDay + 1, zone)
      return [key, startOfDay(lastDay + 1 - window, zone), to, Math.min(to, now)]
    })
  return b.bind(JSON.stringify(windows))
}

/**
 * Customers within the `window` days that end with each bucket: the time since their first order or subscription, at
 * most the window (`lived`), and whether they are customers at its end (`stays`). Their orders in it are rows too, with
 * an `amount`.
 */
export const customersOfWindow = (window: number, lapse: number, sources: readonly MoneySource[]): Relation => ({
  key: `customers_of_window/${window}/${lapse}/${sources}`,
  rows: b => {
    const from = customerships(b, lapse)
    const events = eventsSinceEver(b, [PURCHASE, CANCEL])
    const windows = windowsOf(b, window)
    return `select w.value->>0 as bucket, c.person,
  max(0, w.value->>3 - max(w.value->>1, min(c.since))) as lived,
  max(c.until >= w.value->>2 and c.lapses >= w.value->>3) as stays,
  0 as bought, 0 as amount
from ${from} c
cross join json_each(${windows}) w on c.since < w.value->>2
group by w.value->>0, c.person
having max(c.until >= w.value->>1 and c.lapses >= w.value->>1)
union all
select w.value->>0, o.person, null, null, 1, o.value
from ${events} o
cross join json_each(${windows}) w on o.time >= w.value->>1 and o.time < w.value->>2
where o.name = ${int(PURCHASE)} and o.currency = ${b.bind(b.currency(sources))}`
  },
})

/** Subscriptions paid for at the end of each bucket, with their monthly price in minor units. */
export const recurring = (sources: readonly MoneySource[]): Relation => ({
  key: `recurring/${sources}`,
  rows: b => {
    const from = subscriptions(b)
    const factors = Object.entries(PAYMENTS_PER_MONTH).map(
      ([interval, [payments, months]]) =>
        `when '${interval}' then ${int(payments)}.0${months === 1 ? '' : ` / ${int(months)}`}`,
    )
    return `select m.value->>0 as bucket, s.person, s.price * case s.interval ${factors.join(' ')} end as monthly
from ${from} s
cross join json_each(${momentsOf(b, [1])}) m on s.time < m.value->>1 and m.value->>1 <= s.until
where s.name != ${int(CANCEL)} and s.status = 'active' and s.currency = ${b.bind(b.currency(sources))}`
  },
})
