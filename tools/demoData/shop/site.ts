import { EMPTY_SETTINGS } from '../../../shared/settings.ts'
import { Calendar, DAYS, MINUTE } from '../calendar.ts'
import { Dice } from '../dice.ts'
import { type DemoPerson, personOf } from '../person.ts'
import type { DemoSite, History } from '../site.ts'
import { upTo } from '../upTo.ts'
import { importsOf } from './imports.ts'
import { letterTo } from './letter.ts'
import { Shopper } from './shopper.ts'
import { SHOP_WORLD } from './world.ts'

/** Visitors who are on the site when the demo starts. */
const ONLINE = 6

const history = (now: number, seed: number): History => {
  const dice = new Dice(seed)
  const calendar = new Calendar(SHOP_WORLD, now)
  const people: DemoPerson[] = []
  const shoppers: Shopper[] = []
  const add = (day: number, live: (shopper: Shopper) => void): void => {
    const person = personOf(SHOP_WORLD, people.length, day / DAYS, dice)
    const shopper = new Shopper(person, dice)
    live(shopper)
    people.push(person)
    shoppers.push(shopper)
  }
  for (let day = 0; day < DAYS; day++)
    for (let left = calendar.arrivals(day, dice); left > 0; left--) add(day, shopper => shopper.live(day, calendar))
  for (let left = ONLINE; left > 0; left--)
    add(calendar.today, shopper => shopper.visit(now - dice.between(0.3, 4) * MINUTE, null))
  const events = [...shoppers.flatMap(shopper => shopper.events), ...letterTo(people, now, dice)]
  return { events: upTo(now, events), imports: importsOf(calendar, dice) }
}

export const SHOP: DemoSite = {
  domain: SHOP_WORLD.host,
  name: 'Trail & Tin',
  timezone: 'Europe/Stockholm',
  currency: 'EUR',
  settings: {
    ...EMPTY_SETTINGS,
    goals: [
      { id: 'order', name: 'Order', event: 'purchase' },
      { id: 'search', name: 'Searched the shop', event: 'search' },
    ],
    funnels: [
      {
        id: 'buy',
        name: 'From product to order',
        steps: [
          { name: 'Viewed product', event: 'view_item' },
          { name: 'Added to cart', event: 'add_to_cart' },
          { name: 'Began checkout', event: 'begin_checkout' },
          { name: 'Ordered', event: 'purchase' },
        ],
        order: 'sequential',
        window: 1,
        scope: 'visitor',
      },
    ],
  },
  history,
}
