import fc from 'fast-check'
import { browserCopy, withBrowsers } from './browsers.ts'
import { addDays, dayOf, daysOf, startOfDay } from './calendar.ts'
import { contextOf, type RawEvent, type TruthSite, timeOf, withoutContext } from './event.ts'
import { type Imports, NO_IMPORTS } from './imports.ts'
import { agreed, legitimate } from './legitimate.ts'
import { type Random, randomFrom } from './random.ts'
import { eventsOf, type Names, visit } from './randomEvents.ts'
import { importsOf, plannedImports } from './rows.ts'
import { settings } from './settings.ts'

/** A call of `POST /api/v1/events` and what comes before it. */
export interface Delivery {
  readonly at: number
  /** True if the cron runs right after. */
  readonly settle: boolean
  readonly format: 'json' | 'ndjson'
  readonly events: readonly RawEvent[]
}

/** The events of some people at one site, and when the collector receives them. */
export interface Scenario {
  readonly site: TruthSite
  /** When the site is added: before all events, or after them, which are history then. */
  readonly founded: number
  /** The first of the ten days in which sessions begin; if the clocks change, they do on the fifth. */
  readonly firstDay: string
  /** The time of the queries. */
  readonly now: number
  readonly deliveries: readonly Delivery[]
  /** Rows imported at the end. */
  readonly imports: Imports
  readonly seed: number
}

const ZONES = ['Europe/Stockholm', 'America/New_York', 'Asia/Kolkata', 'UTC'] as const

const DOLLARS = { site: 'USD', currencies: [] }

const MONEY: readonly (Names & { readonly site: string })[] = [
  DOLLARS,
  { site: 'EUR', currencies: ['EUR', undefined, 'EUR'] },
  { site: 'EUR', currencies: ['USD', 'USD', 'USD', 'USD'] },
  { site: 'EUR', currencies: ['USD', 'SEK', 'USD', 'SEK'] },
  { site: 'EUR', currencies: ['USD', undefined, 'EUR'] },
  { site: 'JPY', currencies: [] },
]

const repetition = fc.record({
  of: fc.nat({ max: 1_000 }),
  later: fc.constantFrom(0, 0, 1, -1, 60_000, -3_600_000, 24 * 3_600_000),
  visitor: fc.constantFrom(undefined, undefined, 'v0', 'v3'),
})
type Repetition = typeof repetition extends fc.Arbitrary<infer T> ? T : never

const numbered = (events: readonly RawEvent[]): RawEvent[] =>
  events.map((event, n) => (event.id === undefined ? event : { ...event, id: `e${n}` }))

const repeated = (events: readonly RawEvent[], { of, later, visitor }: Repetition): RawEvent[] => {
  const original = events[of % events.length]
  if (original?.id === undefined) return []
  return [{ ...original, time: timeOf(original) + later, ...(visitor === undefined ? {} : { visitor_id: visitor }) }]
}

/**
 * Removes cases that the documents leave open: at one millisecond, the first page, location and device;
 * the last of two users who took over a visitor id at one millisecond.
 */
const decided = (events: readonly RawEvent[]): RawEvent[] => {
  // A browser always sends its page.
  const known = events.filter(({ fromBrowser }) => fromBrowser).map(event => [timeOf(event), contextOf(event)] as const)
  const contexts = new Map(known)
  const users = new Map<string, string>()
  return events.map(event => {
    const { user_id } = event
    const context = contexts.get(timeOf(event)) ?? contextOf(event)
    contexts.set(timeOf(event), context)
    const joint = JSON.stringify([timeOf(event), event.visitor_id])
    const user = event.visitor_id === undefined ? user_id : (users.get(joint) ?? user_id)
    if (event.visitor_id !== undefined && user !== undefined) users.set(joint, user)
    return {
      ...withoutContext(event),
      ...context,
      ...(user_id === undefined || user === undefined ? {} : { user_id: user }),
    }
  })
}

const HOUR = 3_600_000
const LATENESS = [0, 0, 0, 1_000, 40 * 60_000, 26 * HOUR, 80 * HOUR]

/** When the collector receives each event: at its time or later, together at the end, or all in disorder. */
const arrivals = (
  events: readonly RawEvent[],
  founded: number,
  now: number,
  random: Random,
): [at: number, event: RawEvent][] => {
  const way = random.below(3)
  if (way === 0 || founded === now) return random.shuffle(events).map(event => [now, event])
  return events
    .map((event): [number, RawEvent] => {
      const late = way === 1 ? 0 : (LATENESS[random.below(LATENESS.length)] ?? 0)
      return [Math.min(now, timeOf(event) + late), event]
    })
    .sort(([a], [b]) => a - b)
}

const deliver = (events: readonly RawEvent[], founded: number, now: number, random: Random): Delivery[] => {
  const waiting = arrivals(events, founded, now, random)
  const most = [3, 8, 40][random.below(3)] ?? 8
  const deliveries: Delivery[] = []
  while (waiting.length > 0) {
    const batch = waiting.splice(0, 1 + random.below(most))
    deliveries.push({
      at: batch.at(-1)?.[0] ?? now,
      settle: random.below(3) === 0,
      format: random.below(2) === 0 ? 'json' : 'ndjson',
      events: random.shuffle(batch.map(([, event]) => event)),
    })
  }
  return deliveries
}

/** Everything sent, in sending order. */
export const sentIn = ({ deliveries }: Scenario): RawEvent[] => deliveries.flatMap(({ events }) => events)

const soon = [0, 1, 10 * 60_000, 30 * 60_000, 30 * 60_000 + 1, 5 * HOUR, 60 * HOUR] as const

/** The time from the last event to the queries: none, or until the longest windows have closed. */
const wait = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...soon) },
  { weight: 1, arbitrary: fc.constantFrom(24 * HOUR, 72 * HOUR, 31 * 24 * HOUR, 35 * 24 * HOUR) },
)

/** The plan, whenever it takes place. */
export const plan = fc.record({
  zone: fc.constantFrom(...ZONES),
  money: fc.constantFrom(...MONEY),
  visits: fc.array(visit, { minLength: 1, maxLength: 12 }),
  repetitions: fc.array(repetition, { maxLength: 5 }),
  browsers: fc.array(browserCopy, { maxLength: 6 }),
  settings,
  imports: plannedImports,
  wait,
  isHistory: fc.boolean(),
  seed: fc.nat(),
})
export type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never

const hoursOf = (day: string, zone: string) => (startOfDay(addDays(day, 1), zone) - startOfDay(day, zone)) / HOUR

/** The day four days before the clocks change next; if they never do, just a later day. */
const firstDayAfter = (time: number, zone: string) => {
  const earliest = addDays(dayOf(time, zone), 6)
  const days = daysOf({ from: earliest, to: addDays(earliest, 250) })
  return addDays(days.find(day => hoursOf(day, zone) !== 24) ?? earliest, -4)
}

/**
 * Moves a plan after a moment, since the clock of a collector never goes back: random people at a
 * random site, with events in random order, repeated and late.
 */
export const happen = (plan: Plan, after: number): Scenario => {
  const { zone, money, visits, repetitions, browsers, settings, imports, wait, isHistory, seed } = plan
  const firstDay = firstDayAfter(after, zone)
  const midnight = (day: number) => startOfDay(addDays(firstDay, day), zone)
  const once = numbered(visits.flatMap(one => eventsOf(one, midnight, money)))
  const sent = withBrowsers(once, browsers)
  const all = decided([...sent, ...repetitions.flatMap(one => repeated(sent, one))])
  const events = legitimate(agreed(all), money.site)
  const now = Math.max(...events.map(timeOf)) + wait
  const founded = isHistory ? now : after
  return {
    site: { timezone: zone, currency: money.site, settings },
    founded,
    firstDay,
    now,
    deliveries: deliver(events, founded, now, randomFrom(seed)),
    imports: importsOf(imports, firstDay, money.site),
    seed,
  }
}

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const ADDRESSES = new Map([
  ['v0', '203.0.113.7'],
  ['v3', '2001:db8::7'],
])

const withDailyId = ({ visitor_id = '', ...event }: RawEvent): RawEvent => ({
  ...event,
  ip: ADDRESSES.get(visitor_id) ?? '203.0.113.9',
  user_agent: BROWSER,
})

/** A single day on which some or all visitors have no id but their address and browser. */
export const dailyIdPlan = fc.record({
  visits: fc.array(visit, { minLength: 1, maxLength: 6 }),
  all: fc.boolean(),
  settings,
  wait: fc.constantFrom(...soon),
  seed: fc.nat(),
})
export type DailyIdPlan = typeof dailyIdPlan extends fc.Arbitrary<infer T> ? T : never

/** Moves such a day after a moment. */
export const happenWithDailyIds = ({ visits, all, settings, wait, seed }: DailyIdPlan, after: number): Scenario => {
  const firstDay = addDays(dayOf(after, 'UTC'), 2)
  const [start, end] = [startOfDay(firstDay, 'UTC'), startOfDay(addDays(firstDay, 1), 'UTC')]
  const events = decided(numbered(visits.flatMap(one => eventsOf({ ...one, day: 0 }, () => start, DOLLARS))))
    .filter(event => start <= timeOf(event) && timeOf(event) < end && event.name !== 'identify')
    .map(event =>
      event.user_id === undefined && (all || ADDRESSES.has(event.visitor_id ?? '')) ? withDailyId(event) : event,
    )
  const now = Math.min(Math.max(start, ...events.map(timeOf)) + wait, end - 1)
  return {
    site: { timezone: 'UTC', currency: DOLLARS.site, settings },
    founded: start,
    firstDay,
    now,
    deliveries: deliver(legitimate(agreed(events), DOLLARS.site), start, now, randomFrom(seed)),
    imports: NO_IMPORTS,
    seed,
  }
}

/** The same events again: in time order, in reverse, and in two random orders, in batches of other sizes. */
export const resent = (scenario: Scenario): Scenario[] => {
  const events = sentIn(scenario)
  const random = randomFrom(scenario.seed + 1)
  const forward = events.toSorted((a, b) => timeOf(a) - timeOf(b))
  const orders = [forward, forward.toReversed(), random.shuffle(events), random.shuffle(events)]
  return orders.map((order, n) => {
    const size = [order.length, 3, 7, 1 + random.below(20)][n] ?? 1
    const deliveries = Array.from({ length: Math.ceil(order.length / size) }, (_, part): Delivery => {
      const batch = order.slice(part * size, (part + 1) * size)
      return { at: scenario.now, settle: random.below(2) === 0, format: n % 2 === 0 ? 'json' : 'ndjson', events: batch }
    })
    return { ...scenario, founded: scenario.now, deliveries }
  })
}
