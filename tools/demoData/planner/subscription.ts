import { DAY } from '../calendar.ts'
import type { Dice } from '../dice.ts'
import type { DemoEvent, DemoParameters } from '../session.ts'

export interface Plan {
  readonly plan: string
  readonly price: number
  readonly interval: 'month' | 'year'
}

const PRO: Plan = { plan: 'pro', price: 9, interval: 'month' }
const PRO_YEARLY: Plan = { plan: 'pro', price: 84, interval: 'year' }
export const TEAM: Plan = { plan: 'team', price: 29, interval: 'month' }

const MONTH = 30 * DAY
/** Chance that a monthly subscription is not renewed. */
const CHURN = 0.13

export const choosePlan = (dice: Dice): Plan =>
  dice.weighted([
    [PRO, 84],
    [PRO_YEARLY, 5],
    [TEAM, 11],
  ])

/** A subscription as the payment provider reports it. */
export class Subscription {
  readonly events: DemoEvent[] = []
  /** When it was cancelled; null while it runs. */
  cancelled: number | null = null
  readonly #userId: string
  #invoices = 0

  constructor(userId: string, start: number, end: number, plan: Plan, dice: Dice) {
    this.#userId = userId
    this.#report('subscription_start', start, { ...plan })
    this.#invoice(start, plan)
    if (plan.interval === 'month') this.#renew(start, end, plan, dice)
  }

  #renew(start: number, end: number, first: Plan, dice: Dice): void {
    let plan = first
    for (let time = start + MONTH; time < end && this.cancelled === null; time += MONTH) {
      if (dice.chance(CHURN)) this.#cancel(time - dice.between(1, 9) * DAY, time - MONTH, plan, dice)
      else {
        if (plan === PRO && dice.chance(0.05)) {
          plan = TEAM
          this.#report('subscription_change', time - DAY, { ...plan })
        }
        this.#invoice(time, plan)
      }
    }
  }

  #cancel(time: number, invoiced: number, plan: Plan, dice: Dice): void {
    this.cancelled = time
    this.#report('subscription_cancel', time, {
      reason: dice.pick(['too expensive', 'season is over', 'missing feature']),
    })
    if (dice.chance(0.2) && time < invoiced + MONTH)
      this.#report('refund', time + DAY, { transaction_id: this.#invoiceId(), currency: 'EUR', value: plan.price })
  }

  #invoice(time: number, { plan, price }: Plan): void {
    this.#invoices++
    const items = [{ item_id: plan, item_name: `Planner ${plan}`, price, quantity: 1 }]
    this.#report('purchase', time, { transaction_id: this.#invoiceId(), currency: 'EUR', value: price, items })
  }

  #invoiceId = (): string => `in-${this.#userId}-${this.#invoices}`

  #report(name: string, time: number, fields: DemoParameters): void {
    const subscription = name.startsWith('subscription') ? { subscription_id: `sub-${this.#userId}` } : {}
    const event = { name, time: Math.round(time), user_id: this.#userId, interactive: false }
    this.events.push({ ...event, ...subscription, ...fields })
  }
}
