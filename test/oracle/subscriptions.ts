import type { RawEvent } from './event.ts'
import type { Fact } from './fact.ts'
import type { World } from './facts.ts'
import type { PersonKey } from './identity.ts'
import { type Amount, minorUnits } from './money.ts'

/** Events of subscriptions, in their order at one moment. */
const EVENTS = ['subscription_start', 'subscription_change', 'subscription_cancel']

/** A subscription's state at a moment. */
export interface Subscription {
  readonly person: PersonKey
  readonly status: 'ended' | (string & {})
  /** The price per month in fractions of minor units; none if no price was ever sent. */
  readonly monthly: Amount | undefined
}

/** Payments per month, by billing interval. */
const A_MONTH: Record<string, number> = { day: 365 / 12, week: 52 / 12, month: 1, quarter: 1 / 3, year: 1 / 12 }

/** The price for one interval, all units together. */
const priceOf = ({ value, properties }: RawEvent): number | undefined =>
  properties?.price === undefined ? value : Number(properties.price) * Number(properties.quantity ?? 1)

const inOrder = (a: Fact, b: Fact) =>
  a.time - b.time ||
  EVENTS.indexOf(a.event.name) - EVENTS.indexOf(b.event.name) ||
  (priceOf(a.event) ?? -1) - (priceOf(b.event) ?? -1)

/** Every price of a subscription sent before a moment, each for one interval. */
export const pricesUntil = (world: World, moment: number): Amount[] =>
  world.facts
    .filter(({ event, time }) => EVENTS.includes(event.name) && time < moment)
    .flatMap(fact => {
      const price = priceOf(fact.event)
      const currency = fact.event.currency ?? world.site.currency
      return price === undefined ? [] : [{ fact, currency, minor: Math.round(price * minorUnits(currency)) }]
    })

const monthly = (history: readonly Fact[], world: World): Amount | undefined => {
  const priced = history.findLast(({ event }) => priceOf(event) !== undefined)
  if (!priced) return undefined
  const interval = history.findLast(({ event }) => event.properties?.interval !== undefined)?.event.properties?.interval
  const currency = priced.event.currency ?? world.site.currency
  const minor = Math.round((priceOf(priced.event) ?? 0) * minorUnits(currency))
  return { fact: priced, currency, minor: minor * (A_MONTH[String(interval ?? 'month')] ?? Number.NaN) }
}

/** Every subscription that existed before a moment, by its last event before it. */
export const subscriptionsAt = (world: World, moment: number): Subscription[] => {
  const events = world.facts.filter(({ event, time }) => EVENTS.includes(event.name) && time < moment).sort(inOrder)
  const keyOf = ({ person, event }: Fact) => JSON.stringify([person, String(event.properties?.subscription_id ?? '')])
  return [...Map.groupBy(events, keyOf).values()].map(own => {
    const last = own.at(-1) as Fact
    const history = own.filter(({ event }) => event.name !== 'subscription_cancel')
    return {
      person: last.person,
      status: last.event.name === 'subscription_cancel' ? 'ended' : String(last.event.properties?.status ?? 'active'),
      monthly: monthly(history, world),
    }
  })
}
