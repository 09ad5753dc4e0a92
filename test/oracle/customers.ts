import type { Fact } from './fact.ts'
import type { World } from './facts.ts'
import type { PersonKey } from './identity.ts'
import { subscriptionsAt } from './subscriptions.ts'

const DAY = 24 * 3_600_000

/** True if an event makes a customer: a purchase, or a subscription begun or changed that is no trial. */
export const isPaying = ({ event: { name, properties } }: Fact): boolean =>
  name === 'purchase' ||
  (['subscription_start', 'subscription_change'].includes(name) && properties?.status !== 'trial')

/** The event that made each person a customer: the first paying event ever. */
export const firstPaying = (world: World): Map<PersonKey, Fact> => {
  const first = new Map<PersonKey, Fact>()
  for (const fact of world.facts.filter(isPaying)) if (!first.has(fact.person)) first.set(fact.person, fact)
  return first
}

/** True if a person's last purchase still makes a customer: recent enough, without a cancellation since. */
const buysStill = (before: readonly Fact[], asOf: number, lapse: number): boolean => {
  const last = before.findLast(({ event }) => event.name === 'purchase')
  if (!last || asOf - last.time > lapse * DAY) return false
  return !before.some(({ event, time }) => event.name === 'subscription_cancel' && time >= last.time)
}

/**
 * The customers at a moment, by earlier events; ages are measured no later than now.
 * @param lapse days after which a purchase no longer makes a customer
 */
export const customersAt = (world: World, moment: number, now: number, lapse: number): Set<PersonKey> => {
  const subscribers = subscriptionsAt(world, moment)
    .filter(({ status }) => status !== 'ended' && status !== 'trial')
    .map(({ person }) => person)
  const before = Map.groupBy(
    world.facts.filter(({ time }) => time < moment),
    ({ person }) => person,
  )
  const buyers = [...before].filter(([, own]) => buysStill(own, Math.min(moment, now), lapse)).map(([person]) => person)
  return new Set([...subscribers, ...buyers])
}
