import fc from 'fast-check'
import type { RawEvent } from './event.ts'

/** Event names worth trying, the frequent ones more than once. */
const NAMES = [
  'page_view',
  'page_view',
  'page_view',
  'page_view',
  'add_to_cart',
  'begin_checkout',
  'purchase',
  'purchase',
  'refund',
  'view_item',
  'sign_up',
  'generate_lead',
  'guide_start',
  'guide_step',
  'guide_step',
  'guide_complete',
  'guide_dismiss',
  'file_download',
  'email_sent',
  'subscription_change',
  'chat_opened',
  'identify',
] as const

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Pauses since the last activity ended, milliseconds: mostly short, often right at a limit. */
const pause = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 20 * 60 }).map(seconds => seconds * SECOND) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(30 * MINUTE, 30 * MINUTE + 1, 30 * MINUTE - 1, 0, 29 * MINUTE),
  },
  { weight: 1, arbitrary: fc.constantFrom(5 * HOUR, 22 * HOUR, 24 * HOUR - 1, 24 * HOUR, 24 * HOUR + 1, 49 * HOUR) },
)

const step = fc.record({
  pause,
  name: fc.constantFrom(...NAMES),
  engaged: fc.constantFrom(0, 0, 0, 3, 5, 9.999, 10, 600, 1800, 3000),
  path: fc.constantFrom('/', '/a', '/a', '/b/c', '/b/d?x=1', undefined),
  host: fc.constantFrom('shop.example', 'shop.example', 'docs.example'),
  country: fc.constantFrom('SE', 'SE', 'NO', undefined),
  /** Which of a few things of its kind: transaction, guide, item, plan. */
  which: fc.nat({ max: 3 }),
  value: fc.constantFrom(undefined, 0, 5, 19.99, 100.1, 1234.56),
  quiet: fc.constantFrom(false, false, false, false, true),
  hasId: fc.constantFrom(true, true, true, false),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Who is at it: a visitor id, a user, or both at once. */
const hand = fc.constantFrom(
  { visitor_id: 'v0' },
  { visitor_id: 'v1' },
  { visitor_id: 'v2' },
  { visitor_id: 'v3' },
  { visitor_id: 'v0', user_id: 'u0' },
  { visitor_id: 'v1', user_id: 'u0' },
  { visitor_id: 'v1', user_id: 'v2' },
  { visitor_id: 'v1', user_id: 'u1' },
  { user_id: 'u0' },
  { user_id: 'v2' },
)

/** What one hand does from some moment of some day on; `repeat` makes a chain of the last step. */
export const visit = fc.record({
  hand,
  day: fc.nat({ max: 9 }),
  /** Since local midnight, milliseconds. */
  from: fc.oneof(
    fc.constantFrom(0, -1, 1, -10 * MINUTE, -30 * MINUTE, 2 * HOUR, 2 * HOUR + 30 * MINUTE, 3 * HOUR - 1),
    fc.integer({ min: 0, max: 24 * 60 }).map(minutes => minutes * MINUTE),
  ),
  steps: fc.array(step, { minLength: 1, maxLength: 7 }),
  repeat: fc.oneof(
    { weight: 12, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 44, max: 52 }) },
  ),
})
export type Visit = typeof visit extends fc.Arbitrary<infer T> ? T : never

export interface Names {
  readonly currencies: readonly (string | undefined)[]
}

const parametersOf = (step: Step): Partial<RawEvent> => {
  const { name, which, value } = step
  const items = [
    { item_id: `i${which}`, price: 12.5, quantity: which },
    { item_id: 'i1', price: 0.99 },
  ]
  if (name === 'purchase') return { transaction_id: `T${which}`, ...(value === undefined ? { items } : { value }) }
  if (name === 'refund') return { transaction_id: `T${which}`, ...(value === undefined ? {} : { value }) }
  if (name === 'add_to_cart' || name === 'view_item') return { items: items.slice(0, 1 + (which % 2)) }
  if (name === 'guide_step') {
    const [guide_id, more] = which < 2 ? ['welcome', { step_count: 5 }] : ['tour', {}]
    return { properties: { guide_id, step: which + 1, ...more } }
  }
  if (name.startsWith('guide_')) return { properties: { guide_id: which < 2 ? 'welcome' : 'tour' } }
  if (name === 'chat_opened') return { properties: { plan: which < 2 ? 'pro' : 'free' } }
  return {}
}

/** Events that nobody can take for activity when they say they are none. */
const MAY_BE_QUIET = ['add_to_cart', 'chat_opened', 'view_item', 'guide_step', 'begin_checkout', 'sign_up']

const eventOf = (step: Step, time: number, who: Visit['hand'], currency: string | undefined): RawEvent => ({
  // Joining a user takes one.
  name: step.name === 'identify' && !('user_id' in who) ? 'login' : step.name,
  time: step.which === 3 ? new Date(time).toISOString() : time,
  ...who,
  ...(step.path === undefined ? {} : { url: `https://${step.host}${step.path}` }),
  ...(step.country === undefined ? {} : { country: step.country }),
  ...(step.name === 'page_view' && step.engaged > 0 ? { engaged_seconds: step.engaged } : {}),
  ...(step.quiet && MAY_BE_QUIET.includes(step.name) ? { interactive: false } : {}),
  ...parametersOf(step),
  ...(currency !== undefined && ['purchase', 'refund'].includes(step.name) ? { currency } : {}),
})

/** The events of a visit; `midnight` tells when a day of the scenario begins. */
export const eventsOf = (
  { hand, day, from, steps, repeat }: Visit,
  midnight: (day: number) => number,
  { currencies }: Names,
): RawEvent[] => {
  let clock = midnight(day) + from
  let first = true
  const chain = [...steps, ...Array.from({ length: repeat }, () => steps.at(-1) as Step)]
  return chain.map(step => {
    const time = first ? clock : clock + step.pause
    first = false
    clock = step.name === 'page_view' ? time + Math.round(step.engaged * 1000) : time
    const event = eventOf(step, time, hand, currencies[step.which])
    return step.hasId || step.name === 'purchase' ? { id: '', ...event } : event
  })
}
