import { type Calendar, DAY } from '../calendar.ts'
import type { Dice } from '../dice.ts'
import { FORM } from '../pageTypes.ts'
import type { DemoPerson } from '../person.ts'
import { returnDays } from '../returnDays.ts'
import { type DemoEvent, DemoSession } from '../session.ts'
import type { TrafficSource } from '../world.ts'
import { visitShop } from './browsing.ts'
import { checkOut, type Item, type Order } from './cart.ts'
import { SHOP_WORLD } from './world.ts'

const NEWSLETTER = SHOP_WORLD.sources.find(({ query }) => query?.includes('weekly-letter')) ?? null
const REMINDER: TrafficSource = {
  weight: 0,
  intent: 1,
  query: 'utm_source=newsletter&utm_medium=email&utm_campaign=cart-reminder',
}

/** How interested a returning visitor is compared with a first session, and how interested a customer is. */
const RETURNING = 1.35
const CUSTOMER = 3.6
/** How much more often customers return. */
const LOYALTY = 2.2

/** Everything one visitor of the shop does. */
export class Shopper {
  readonly events: DemoEvent[] = []
  readonly #person: DemoPerson
  readonly #dice: Dice
  #orders = 0
  #visits = 0
  #account: string | undefined

  constructor(person: DemoPerson, dice: Dice) {
    this.#person = person
    this.#dice = dice
  }

  /** Visits first on a day, then returns for as long as the demo lasts. */
  live(day: number, calendar: Calendar): void {
    const dice = this.#dice
    this.visit(calendar.momentOf(day, dice), this.#person.source)
    const often = (this.#orders > 0 ? LOYALTY : 1) * dice.around(0.09, 0.6)
    for (const next of returnDays(day, Math.min(often, 0.6), 0.55, dice)) {
      // Busy days see more of them.
      if (dice.chance(Math.min(1, calendar.busyness(next) / 1.6)))
        this.visit(calendar.momentOf(next, dice), this.#returnSource())
    }
  }

  /** One session, and what follows from it. */
  visit(time: number, source: TrafficSource | null): void {
    const session = this.#begin(time, source)
    const interest = this.#orders > 0 ? CUSTOMER : this.#person.source.intent * (this.#visits > 1 ? RETURNING : 1)
    const { order, left } = visitShop(session, this.#nextOrderId(), interest)
    this.#end(session, order)
    if (left.length > 0 && this.#person.persistent && this.#dice.chance(0.24)) this.#remember(session.time, left)
  }

  #begin(time: number, source: TrafficSource | null): DemoSession {
    this.#visits++
    return new DemoSession(SHOP_WORLD.host, this.#person, this.#dice, time, source, this.#account)
  }

  #end(session: DemoSession, order: Order | null): void {
    if (order) this.#follow(session, order)
    this.events.push(...session.events)
  }

  #nextOrderId = (): string => `TT-${10_000 + this.#person.number}-${this.#orders + 1}`

  #returnSource(): TrafficSource | null {
    const { source } = this.#person
    return this.#dice.weighted([
      [null, 50],
      [NEWSLETTER, 14],
      // Those who came by an advertisement return by searching for the name.
      [source.query ? { weight: 0, intent: 1, referrer: 'https://www.google.com/' } : source, 36],
    ])
  }

  /** Returns to a forgotten cart some days later, often by an email that reminds of it. */
  #remember(left: number, items: readonly Item[]): void {
    const dice = this.#dice
    const session = this.#begin(left + dice.between(1.1, 7) * DAY, dice.chance(0.6) ? REMINDER : null)
    this.#end(session, checkOut(session, items, this.#nextOrderId(), 1.6))
  }

  /** After an order: an account, a survey by email, sometimes a refund. */
  #follow(session: DemoSession, order: Order): void {
    const dice = this.#dice
    this.#orders++
    if (this.#person.persistent && !this.#account && dice.chance(0.4)) {
      this.#account = `customer-${this.#person.number}`
      session.identify(this.#account)
      session.click('sign_up', { method: 'checkout' }, 18)
    }
    if (dice.chance(0.3)) this.#answerSurvey(order.time + dice.between(6, 12) * DAY)
    if (dice.chance(0.065)) this.#refund(order)
  }

  #answerSurvey(time: number): void {
    const dice = this.#dice
    const survey = { survey_id: 'after-delivery' }
    const session = this.#begin(time, { weight: 0, intent: 1, query: 'utm_source=survey&utm_medium=email' })
    session.view('/survey', FORM)
    const nps = dice.pick([10, 10, 10, 9, 9, 9, 8, 8, 8, 7, 7, 6, 5, 3])
    session.click('survey_response', { ...survey, kind: 'nps', score: nps }, 9)
    const csat = dice.pick([5, 5, 5, 5, 5, 4, 4, 4, 4, 3, 2])
    session.click('survey_response', { ...survey, kind: 'csat', score: csat }, 6)
    this.events.push(...session.events)
  }

  /** The shop's server refunds an order, or one line of it. */
  #refund({ id, time, items }: Order): void {
    const dice = this.#dice
    const [first] = items
    const lines = items.length > 1 && first && dice.chance(0.6) ? { items: [first] } : {}
    const event = { name: 'refund', transaction_id: id, interactive: false, ...this.#person.traits, ...lines }
    this.events.push({ ...event, time: Math.round(time + dice.between(4, 14) * DAY) })
  }
}
