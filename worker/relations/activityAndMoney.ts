import { knownEvent } from '../../shared/events'
import { ACTIVITY } from './activity'
import { moneyOfCurrency } from './money'
import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import { countedRefunds } from './sql/countedRefunds'
import { eventsSinceEver } from './sql/customerEvents'
import { int } from './sql/int'
import type { MoneySource } from './terms'

const PURCHASE = knownEvent('purchase')
const REFUND = knownEvent('refund')

const MONEY = moneyOfCurrency(['orders'])

/** Active visitors and their spending: `active`, `bought` and `amount` in minor units, refunds below 0. */
export const ACTIVITY_AND_MONEY: Relation = {
  key: 'activity_and_money',
  rows: b => {
    const groups = b.groups
    return `select bucket${groups}, person, active, 0 as bought, 0 as amount from (
${ACTIVITY.rows(b)}
)
union all
select bucket${groups}, person, 0, name = ${int(PURCHASE)}, value * sign from (
${MONEY.rows(b)}
)`
  },
}

const ends = (b: Builder): string => b.bind(JSON.stringify(b.scope.ends.map(({ key, to }) => [key, to])))

/** All spending before the end of each bucket: `bought` and `amount`, refunds below 0. */
export const moneyToDate = (sources: readonly MoneySource[]): Relation => ({
  key: `money_to_date/${sources}`,
  rows: b => {
    const bought = eventsSinceEver(b, [PURCHASE])
    const back = countedRefunds(b, 'refunds_to_date', `select * from ${eventsSinceEver(b, [REFUND])}`, 'all')
    return `select m.value->>0 as bucket, f.person, f.bought, f.amount
from (
  select person, time, currency, 1 as bought, value as amount from ${bought}
  union all
  select person, time, currency, 0, -value from ${back}
) f
cross join json_each(${ends(b)}) m on f.time < m.value->>1
where f.currency = ${b.bind(b.currency(sources))}`
  },
})
