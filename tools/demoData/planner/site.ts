import { EMPTY_SETTINGS } from '../../../shared/settings.ts'
import { Calendar, DAYS, MINUTE } from '../calendar.ts'
import { Dice } from '../dice.ts'
import { personOf } from '../person.ts'
import type { DemoSite, History } from '../site.ts'
import { upTo } from '../upTo.ts'
import { VALUE_EVENT } from './app.ts'
import { importsOf } from './imports.ts'
import { Member } from './member.ts'
import { FEATURES, PLANNER_WORLD } from './world.ts'

/** Visitors who are on the site when the demo starts. */
const ONLINE = 3

const history = (now: number, seed: number): History => {
  const dice = new Dice(seed)
  const calendar = new Calendar(PLANNER_WORLD, now)
  const members: Member[] = []
  const add = (day: number): Member => {
    const person = personOf(PLANNER_WORLD, members.length, day / DAYS, dice)
    const member = new Member(person, calendar, dice)
    members.push(member)
    return member
  }
  for (let day = 0; day < DAYS; day++)
    for (let left = calendar.arrivals(day, dice); left > 0; left--) add(day).live(day)
  for (let left = ONLINE; left > 0; left--) add(calendar.today).lookIn(now - dice.between(0.3, 4) * MINUTE)
  return {
    events: upTo(
      now,
      members.flatMap(member => member.events),
    ),
    imports: importsOf(calendar, dice),
  }
}

export const PLANNER: DemoSite = {
  domain: PLANNER_WORLD.host,
  name: 'Ridgeline Planner',
  timezone: 'Europe/Stockholm',
  currency: 'EUR',
  settings: {
    ...EMPTY_SETTINGS,
    value_event: { event: VALUE_EVENT },
    product_qualified: [
      { event: VALUE_EVENT, times: 2 },
      { feature: 'export', times: 1 },
    ],
    features: FEATURES.map(feature => ({ name: feature.replace('_', ' '), feature })),
  },
  history,
}
