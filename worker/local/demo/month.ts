import { Dice } from './dice.ts'
import { afterTrial, earlyReaders, subscribers } from './members.ts'
import { type Person, personOf } from './people.ts'
import { consider, glance, plan, read } from './planning.ts'
import { comeBack, type Order, shop } from './shopping.ts'
import { totals } from './totals.ts'
import { type DemoEvent, Visit } from './visit.ts'
import { HOURS, WEEKDAYS } from './world.ts'

const DAY = 86_400_000
const HOUR = 3_600_000

/** A month, and the one before it to compare with, with some days to spare. */
export const DAYS = 65
const PEOPLE = 2_000
/** How many are there while the demo starts. */
const PRESENT = 7

/** A beginning on a day, later days and busy hours being likelier. */
const beginning = (first: number, dice: Dice): number => {
  const days = Array.from({ length: DAYS }, (_, day) => day)
  const day = dice.pick(days, at => (1 + at / 500) * (WEEKDAYS[new Date(first + at * DAY).getUTCDay()] ?? 1))
  const hour = dice.pick([...HOURS.keys()], at => HOURS[at] ?? 1)
  // The site's time is an hour ahead of UTC.
  return first + day * DAY + (hour - 1) * HOUR + dice.between(0, HOUR)
}

const visitOf = (person: Person, dice: Dice, start: number, user: string | null, isFirst: boolean): Visit =>
  new Visit(person, dice, start, isFirst || dice.chance(0.25) ? person.source : null, user)

/** An order of seven in a hundred is given back, in part or whole. */
const refunded = ({ id, time, items }: Order, dice: Dice): DemoEvent[] => {
  if (!dice.chance(0.07)) return []
  const [first] = items
  const part = items.length > 1 && first ? { items: [first] } : {}
  return [{ name: 'refund', time: time + dice.between(3, 10) * DAY, visitor_id: 'shop', transaction_id: id, ...part }]
}

const shopping = (person: Person, dice: Dice, start: number): DemoEvent[] => {
  const events: DemoEvent[] = []
  let time = start
  for (let round = 0; round < 4; round++) {
    const visit = visitOf(person, dice, time, null, round === 0)
    const id = `${person.number}-${round}`
    const { left, order } = shop(visit, id, person.source.eager)
    events.push(...visit.events, ...(order ? refunded(order, dice) : []))
    if (left.length > 0 && dice.chance(0.35)) {
      const back = visitOf(person, dice, time + dice.between(1.1, 4) * DAY, null, false)
      const found = comeBack(back, left, `${id}-late`)
      events.push(...back.events, ...(found.order ? refunded(found.order, dice) : []))
    }
    if (!dice.chance(0.3)) break
    time += dice.between(6, 16) * DAY
  }
  return events
}

const planning = (person: Person, dice: Dice, start: number, now: number): DemoEvent[] => {
  const user = `user-${person.number}`
  const first = visitOf(person, dice, start, null, true)
  if (!consider(first, user)) return first.events
  const events = [...first.events]
  const tried = first.events.find(({ name }) => name === 'trial_start')
  if (tried) events.push(...afterTrial(tried.time, user, now, dice))
  for (let time = start + dice.around(2) * DAY; dice.chance(0.8); time += dice.around(2.5) * DAY) {
    const visit = visitOf(person, dice, time, user, false)
    plan(visit)
    events.push(...visit.events)
  }
  return events
}

const reading = (person: Person, dice: Dice, start: number): DemoEvent[] => {
  const events: DemoEvent[] = []
  for (let time = start, isFirst = true; isFirst || dice.chance(0.4); time += dice.around(5) * DAY, isFirst = false) {
    const visit = visitOf(person, dice, time, null, isFirst)
    if (person.purpose === 'read') read(visit)
    else glance(visit)
    events.push(...visit.events)
  }
  return events
}

const livesOf = (person: Person, dice: Dice, start: number, now: number): DemoEvent[] => {
  if (person.purpose === 'shop') return shopping(person, dice, start)
  return person.purpose === 'plan' ? planning(person, dice, start, now) : reading(person, dice, start)
}

/** A letter to those who came before it, which some open and fewer follow. */
const letters = (people: readonly Person[], now: number, dice: Dice): DemoEvent[] =>
  people
    .filter(({ lasting }) => lasting)
    .slice(0, 120)
    .flatMap(({ traits: { visitor_id } }) => {
      const sent = now - dice.between(5, 6) * DAY
      const about = { visitor_id, email_id: 'letter-7', campaign: 'second-letter', interactive: false }
      const names = ['email_sent', 'email_delivered']
      if (dice.chance(0.36)) names.push('email_open')
      if (names.includes('email_open') && dice.chance(0.25)) names.push('email_click')
      return names.map((name, at) => ({ name, time: sent + at * 40_000, ...about }))
    })

/** Everything that happened up to a time: the same for one seed, moved with the time. */
export const monthOf = (now: number, seed = 7) => {
  const dice = new Dice(seed)
  const first = Math.floor(now / DAY) * DAY - (DAYS - 1) * DAY
  const people = Array.from({ length: PEOPLE }, (_, number) => personOf(number, dice))
  const present = Array.from({ length: PRESENT }, (_, number) => personOf(PEOPLE + number, dice))
  const events = [
    ...people.flatMap(person => livesOf(person, dice, beginning(first, dice), now)),
    ...present.flatMap(person => livesOf(person, dice, now - dice.between(20_000, 6 * 60_000), now)),
    ...subscribers(now, first, dice),
    ...earlyReaders(first, dice),
    ...letters(people, now, dice),
  ]
  return {
    events: events
      .filter(({ time }) => time < now)
      .map(event => ({ ...event, time: Math.round(event.time) }))
      .sort((one, other) => one.time - other.time),
    imports: totals(now, DAYS, dice),
  }
}
