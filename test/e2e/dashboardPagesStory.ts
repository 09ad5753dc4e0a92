/** The days of both stories, far in the past. */
export const PERIOD = { from: '2026-03-02', to: '2026-03-29' }

type Fields = Record<string, unknown>

const DESKTOP =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const MOBILE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'

/** One visitor's actions, a minute apart, from noon on a day of March. */
const visit = (who: Fields, day: number, ...steps: readonly Fields[]): Fields[] =>
  steps.map((step, minute) => ({
    time: new Date(Date.UTC(2026, 2, day, 12, minute)).toISOString(),
    ...who,
    ...step,
  }))

const shopper = (visitor_id: string, user_agent: string, referrer?: string): Fields => ({
  visitor_id,
  user_agent,
  url: 'https://shop.example/',
  ...(referrer && { referrer }),
})

const on = (name: string, ...ids: readonly string[]): Fields => ({
  name,
  items: ids.map(item_id => ({ item_id, price: 10, quantity: 1 })),
})

const buying = (transaction_id: string, ...ids: readonly string[]): Fields => ({
  ...on('purchase', ...ids),
  transaction_id,
  value: 10 * ids.length,
})

const PAGE = { name: 'page_view' }
const CHECKOUT = { name: 'begin_checkout' }

const ann = shopper('ann', DESKTOP)
const bo = shopper('bo', DESKTOP, 'https://www.bing.com/')
const cy = shopper('cy', MOBILE)
const di = shopper('di', MOBILE)
const gus = shopper('gus', MOBILE)

/**
 * Eleven sessions of a shop: 8 looked at a product, 6 put one into the cart, 2 began a checkout, 3 bought. Of the
 * carts Ann's is bought, Di's emptied; Bo's, Cy's and both of Gus's are abandoned, and Cy buys a week later.
 */
export const SHOP: readonly Fields[] = [
  ...visit(ann, 2, on('view_item', 'MUG'), on('add_to_cart', 'MUG'), on('add_to_cart', 'SOCKS'), CHECKOUT),
  ...visit(ann, 2, PAGE, PAGE, PAGE, PAGE, PAGE, buying('T1', 'MUG', 'SOCKS')).slice(5),
  ...visit(bo, 3, on('view_item', 'MUG'), on('add_to_cart', 'MUG'), on('add_to_cart', 'LAMP'), CHECKOUT),
  ...visit(bo, 3, PAGE, PAGE, PAGE, PAGE, PAGE, on('add_to_cart', 'LAMP')).slice(5),
  ...visit(cy, 3, on('view_item', 'MUG'), on('add_to_cart', 'MUG'), on('add_to_cart', 'SOCKS')),
  ...visit(di, 4, on('view_item', 'SOCKS'), on('add_to_cart', 'SOCKS'), on('remove_from_cart', 'SOCKS')),
  ...visit(shopper('eve', DESKTOP), 5, on('view_item', 'SOCKS')),
  ...visit(shopper('fay', DESKTOP), 5, { ...PAGE, lcp: 2.6, inp: 0.184, cls: 0.26 }),
  ...visit(gus, 5, on('view_item', 'MUG'), on('add_to_cart', 'MUG')),
  ...visit(cy, 10, buying('T2', 'MUG', 'SOCKS')),
  ...visit(shopper('hal', DESKTOP), 11, buying('T3', 'SOCKS')),
  ...visit(shopper('ida', DESKTOP), 12, on('view_item', 'MUG'), PAGE),
  ...visit(gus, 12, on('view_item', 'MUG'), on('add_to_cart', 'MUG')),
]

const person = (id: string): Fields => ({ visitor_id: id, user_id: id, url: 'https://app.example/' })

const guide = (name: string, guide_id: string, properties: Fields = {}): Fields => ({
  name: `guide_${name}`,
  properties: { guide_id, ...properties },
})
const step = (number: number): Fields => guide('step', 'welcome', { step: number, step_count: 3 })
const BEGIN = guide('start', 'welcome')
const COMPLETE = guide('complete', 'welcome')
const SIGN_UP = { name: 'sign_up' }
const VALUE = { name: 'project_created' }

const using = (feature: string): Fields => ({ name: 'feature_used', properties: { feature } })

const hoursLater = (who: Fields, day: number, hours: number, event: Fields): Fields => ({
  time: new Date(Date.UTC(2026, 2, day, 12 + hours)).toISOString(),
  ...who,
  ...event,
})

const [u1, u2, u3, u4, u5, u6] = ['u1', 'u2', 'u3', 'u4', 'u5', 'u6'].map(person) as [
  Fields,
  Fields,
  Fields,
  Fields,
  Fields,
  Fields,
]

/**
 * Six people of an application and a stranger. Three are first seen on the 2nd, two on the 4th, one on the 27th; five
 * sign up and take the guide: three complete it after 4, 6 and 5 minutes, one dismisses it at the first step, one
 * leaves at the second. Three get value after 1, 2 and 3 hours, one after ten days.
 */
export const APP: readonly Fields[] = [
  ...visit(u1, 2, SIGN_UP, BEGIN, step(1), step(2), step(3), COMPLETE),
  hoursLater(u1, 2, 1, VALUE),
  ...visit(u1, 3, guide('start', 'tour'), guide('dismiss', 'tour'), using('Share')),
  ...visit(u1, 4, using('Export')),
  ...visit(u1, 9, PAGE),
  ...visit(u2, 2, SIGN_UP, BEGIN, step(1), step(2), PAGE, PAGE, step(3), COMPLETE),
  hoursLater(u2, 2, 2, VALUE),
  ...visit(u2, 3, using('Export')),
  ...visit(u3, 2, SIGN_UP, BEGIN, step(1), guide('dismiss', 'welcome')),
  hoursLater(u3, 2, 3, VALUE),
  ...visit(u4, 4, SIGN_UP, BEGIN, step(1), step(2)),
  ...visit(u4, 5, using('Export')),
  ...visit(u4, 11, PAGE),
  ...visit(u5, 4, SIGN_UP, BEGIN, step(1), step(2), PAGE, step(3), COMPLETE),
  ...visit(u5, 14, VALUE),
  ...visit(u6, 27, PAGE),
  ...visit(u6, 28, PAGE),
  ...visit({ ip: '203.0.113.7', user_agent: DESKTOP, url: 'https://app.example/' }, 10, PAGE),
]

/** A current event by a visitor with a daily id. */
export const STRANGERS: readonly Fields[] = [PAGE, using('Export')].map(event => ({
  time: new Date().toISOString(),
  ip: '203.0.113.7',
  user_agent: DESKTOP,
  url: 'https://strangers.example/',
  ...event,
}))
