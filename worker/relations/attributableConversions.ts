import type { Goal, Rule } from '../../shared/settings'
import { goalRows } from './goals'
import { refundedOrders } from './orders'
import type { Builder } from './sql/builder'
import type { Confirmation } from './sql/confirmed'
import { ordersOfPeriod } from './sql/customerEvents'
import { factKindOf } from './sql/factKindOf'
import { facts } from './sql/tables'

/** Events of the period whose credit can be divided. */
export interface AttributableConversions {
  /** Equal for equal rows. */
  readonly key: string
  /** SQL of rows with `person`, `time`, the `amount` to divide and what it is `worth`. */
  rows(b: Builder): string
}

const counted = 'select person, time, 1 as amount, 0 as worth'

export const attributableOrders = (confirmation: Confirmation): AttributableConversions => ({
  key: `orders/${confirmation}`,
  rows: b => `${counted} from ${ordersOfPeriod(b, confirmation)}`,
})

/** Orders with what is left of their value after refunds at any time, in the one currency of the metric. */
export const attributableRevenue = (confirmation: Confirmation): AttributableConversions => ({
  key: `revenue/${confirmation}`,
  rows: b =>
    `select person, time, value - refunded as amount, 0 as worth from ${refundedOrders(b, ['orders'], confirmation)}`,
})

export const attributableEvents = (rules: readonly Rule[]): AttributableConversions => ({
  key: 'events',
  rows: b => `${counted} from ${facts(b, factKindOf(rules), '', false)} where ${b.factMeets(...rules)}`,
})

export const attributableGoals = (goals: readonly Goal[]): AttributableConversions => ({
  key: `goals/${JSON.stringify(goals)}`,
  rows: b => {
    const values = b.bind(JSON.stringify(goals.map(({ value = 0 }) => value)))
    return `select person, time, 1 as amount, ${values}->>label as worth from ${goalRows(b, goals)}`
  },
})
