import type { Dice } from './dice.ts'
import { personOf } from './people.ts'
import { read } from './planning.ts'
import { type DemoEvent, Visit } from './visit.ts'

const DAY = 86_400_000
/** How long a trial of the planner lasts. */
const TRIAL = 14 * DAY

const PRICES = [
  { price: 9, interval: 'month' },
  { price: 90, interval: 'year' },
] as const

/** What the shop's own server knows: it is no visit. */
const told = (name: string, time: number, user: string, more: Readonly<Record<string, unknown>> = {}): DemoEvent => ({
  name,
  time,
  user_id: user,
  interactive: false,
  ...more,
})

/** What becomes of a subscription up to now. */
const kept = (start: number, user: string, now: number, dice: Dice): DemoEvent[] => {
  const terms = dice.pick(PRICES, ({ interval }) => (interval === 'month' ? 4 : 1))
  const events = [told('subscription_start', start, user, terms)]
  const months = (now - start) / (30 * DAY)
  if (terms.interval === 'month' && dice.chance(0.12))
    events.push(told('subscription_change', start + 25 * DAY, user, { price: 15, interval: 'month' }))
  if (dice.chance(1 - 0.94 ** months)) {
    const end = start + dice.between(0.4, 1) * (now - start)
    events.push(told('subscription_cancel', end, user))
  }
  return events
}

/** What becomes of a trial: two in five pay when it is over. */
export const afterTrial = (start: number, user: string, now: number, dice: Dice): DemoEvent[] =>
  start + TRIAL < now && dice.chance(0.42) ? kept(start + TRIAL, user, now, dice) : []

const SUBSCRIBERS = 70

/** Those who subscribed before the demo's months begin. */
export const subscribers = (now: number, first: number, dice: Dice): DemoEvent[] =>
  Array.from({ length: SUBSCRIBERS }).flatMap((_, number) => {
    const user = `subscriber-${number}`
    const start = first - dice.between(TRIAL + DAY, 230 * DAY)
    return [told('trial_start', start, user), ...(dice.chance(0.8) ? kept(start + TRIAL, user, now, dice) : [])]
  })

const EARLY_VISITORS = 130
/** Days before the demo's months within which leads have had their time. */
const EARLY = [30, 85] as const

/** Readers of earlier months, some of whom left their address, were called, and bought. */
export const earlyReaders = (first: number, dice: Dice): DemoEvent[] =>
  Array.from({ length: EARLY_VISITORS }).flatMap((_, number) => {
    const user = `lead-${number}`
    const person = personOf(10_000 + number, dice)
    const visit = new Visit(person, dice, first - dice.between(...EARLY) * DAY, person.source)
    read(visit)
    if (!person.lasting || !dice.chance(0.35)) return visit.events
    visit.identify(user)
    visit.act('generate_lead', {}, 40)
    const called = visit.time + dice.between(1, 9) * DAY
    return [
      ...visit.events,
      ...(dice.chance(0.55) ? [told('lead_qualified', called, user)] : []),
      ...(dice.chance(0.3) ? [told('subscription_start', called + 7 * DAY, user, PRICES[0])] : []),
    ]
  })
