import { DAY, MINUTE } from '../calendar.ts'
import type { Dice } from '../dice.ts'
import type { DemoPerson } from '../person.ts'
import type { DemoEvent } from '../session.ts'

const DELIVERED = ['email_sent', 'email_delivered']

const eventsFor = ({ traits: { visitor_id } }: DemoPerson, sent: number, dice: Dice): DemoEvent[] => {
  const opened = dice.chance(0.36) ? ['email_open'] : []
  const clicked = opened.length > 0 && dice.chance(0.2) ? ['email_click'] : []
  const about = { visitor_id, email_id: 'welcome-letter', campaign: 'welcome-letter', interactive: false }
  return [...DELIVERED, ...opened, ...clicked].map((name, at) => ({
    name,
    time: Math.round(sent + at * dice.between(1, 40) * MINUTE),
    ...about,
  }))
}

/** A letter that the shop's server reports email by email, sent to some of those with a persistent id. */
export const letterTo = (people: readonly DemoPerson[], now: number, dice: Dice): DemoEvent[] =>
  people
    .filter(({ persistent }) => persistent)
    .slice(0, 150)
    .flatMap(person => eventsFor(person, now - dice.between(4, 5) * DAY, dice))
