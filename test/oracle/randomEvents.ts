import fc from 'fast-check'
import { BROWSERS } from './browsers.ts'
import type { RawEvent, RawItem } from './event.ts'
import { CAMPAIGNS, REFERRERS, USER_AGENTS } from './origins.ts'

/** Event names to try in one session, by theme; frequent ones are repeated. */
const NAMES = {
  anything: [
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
  ],
  shopping: [
    'page_view',
    'add_to_cart',
    'add_to_cart',
    'add_to_cart',
    'remove_from_cart',
    'remove_from_cart',
    'view_cart',
    'begin_checkout',
    'add_shipping_info',
    'add_payment_info',
    'purchase',
    'purchase',
    'refund',
  ],
  product: [
    'page_view',
    'generate_lead',
    'generate_lead',
    'lead_qualified',
    'sign_up',
    'sign_up',
    'trial_start',
    'trial_start',
    'feature_used',
    'feature_used',
    'feature_used',
    'chat_opened',
    'chat_opened',
    'guide_complete',
    'guide_complete',
    'purchase',
  ],
  subscribing: [
    'page_view',
    'purchase',
    'subscription_start',
    'subscription_start',
    'subscription_change',
    'subscription_change',
    'subscription_cancel',
  ],
  asking: [
    'page_view',
    'email_delivered',
    'email_delivered',
    'email_open',
    'email_open',
    'email_click',
    'survey_response',
    'survey_response',
    'survey_response',
  ],
} as const

type Name = (typeof NAMES)[keyof typeof NAMES][number]

/** Locations, some of them with a city. */
const PLACES: readonly Partial<RawEvent>[] = [
  { country: 'SE' },
  { country: 'SE', region: 'Skåne', city: 'Malmö' },
  { country: 'NO', city: 'Oslo' },
  {},
]

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

const stepOf = (names: readonly Name[]) =>
  fc.record({
    pause,
    name: fc.constantFrom(...names),
    engaged: fc.constantFrom(0, 0, 0, 3, 5, 9.999, 10, 600, 1800, 3000),
    scrolled: fc.constantFrom(undefined, undefined, 0, 12.5, 50, 100),
    clicks: fc.constantFrom(undefined, undefined, 0, 0, 1, 7),
    path: fc.constantFrom('/', '/a', '/a', '/b/c', '/b/d?x=1', ...CAMPAIGNS, ...CAMPAIGNS, undefined),
    host: fc.constantFrom('shop.example', 'shop.example', 'docs.example'),
    place: fc.constantFrom(...PLACES),
    referrer: fc.constantFrom(undefined, undefined, ...REFERRERS),
    user_agent: fc.constantFrom(undefined, ...USER_AGENTS),
    language: fc.constantFrom(undefined, 'sv-SE', 'en'),
    /** The number of a transaction, guide, item or plan. */
    which: fc.nat({ max: 3 }),
    /** The variant of an event. */
    way: fc.nat({ max: 11 }),
    value: fc.constantFrom(undefined, 0, 5, 19.99, 100.1, 1234.56),
    quiet: fc.constantFrom(false, false, false, false, true),
    hasId: fc.constantFrom(true, true, true, false),
  })
type Step = ReturnType<typeof stepOf> extends fc.Arbitrary<infer T> ? T : never

/** The actor: a visitor id, a user, or both at once. */
const actor = fc.constantFrom(
  { visitor_id: 'v0' },
  { visitor_id: 'v1' },
  { visitor_id: 'v2' },
  { visitor_id: 'v3' },
  { visitor_id: BROWSERS[0] },
  { visitor_id: 'v0', user_id: 'u0' },
  { visitor_id: 'v1', user_id: 'u0' },
  { visitor_id: 'v1', user_id: 'v2' },
  { visitor_id: 'v1', user_id: 'u1' },
  { user_id: 'u0' },
  { user_id: 'v2' },
)

const visitFor = (names: readonly Name[]) =>
  fc.record({
    actor,
    day: fc.nat({ max: 9 }),
    /** Since local midnight, milliseconds. */
    from: fc.oneof(
      fc.constantFrom(0, -1, 1, -10 * MINUTE, -30 * MINUTE, 2 * HOUR, 2 * HOUR + 30 * MINUTE, 3 * HOUR - 1),
      fc.integer({ min: 0, max: 24 * 60 }).map(minutes => minutes * MINUTE),
    ),
    steps: fc.array(stepOf(names), { minLength: 1, maxLength: 9 }),
    /** Starts a chain of sessions with the last step. */
    repeat: fc.oneof(
      { weight: 12, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: 44, max: 52 }) },
    ),
  })

/** One actor's events from a moment of a day on. */
export const visit = fc.oneof(
  { weight: 3, arbitrary: visitFor(NAMES.anything) },
  { weight: 3, arbitrary: visitFor(NAMES.shopping) },
  { weight: 3, arbitrary: visitFor(NAMES.product) },
  { weight: 2, arbitrary: visitFor(NAMES.subscribing) },
  { weight: 1, arbitrary: visitFor(NAMES.asking) },
)
export type Visit = typeof visit extends fc.Arbitrary<infer T> ? T : never

export interface Names {
  readonly currencies: readonly (string | undefined)[]
}

/** All but the last have a category. */
const CATEGORIES: Record<string, string> = { i0: 'cups', i1: 'plates', i2: 'cups' }

const itemsOf = (which: number): RawItem[] =>
  [
    { item_id: `i${which}`, price: 12.5, quantity: which },
    { item_id: 'i1', price: 0.99 },
  ].map(item => ({ ...item, ...(CATEGORIES[item.item_id] && { item_category: CATEGORIES[item.item_id] }) }))

/** An order with its value, or its items, or both. */
const ordered = ({ which, way, value }: Step): Partial<RawEvent> => ({
  ...(value === undefined ? {} : { value }),
  ...(value === undefined || way % 2 === 0 ? { items: itemsOf(which) } : {}),
})

const refunded = ({ which, way, value }: Step): Partial<RawEvent> => ({
  transaction_id: `T${which}`,
  ...(value === undefined ? {} : { value }),
  ...(way % 2 === 0 ? { items: [{ item_id: `i${way % 4}`, quantity: 1 + (way % 2) }, { item_id: 'i1' }] } : {}),
})

const STATUSES = [undefined, undefined, undefined, 'active', 'trial', 'trial', 'paused'] as const
const INTERVALS = [undefined, undefined, 'day', 'week', 'month', 'quarter', 'year'] as const

/** A subscription with its price: in total, per unit, or (for a trial) none. */
const subscribed = ({ name, which, way, value }: Step): Partial<RawEvent> => {
  const subscription_id = ['s0', 's0', undefined, 's1'][which]
  const named = subscription_id === undefined ? {} : { subscription_id }
  if (name === 'subscription_cancel') return { properties: named }
  const status = STATUSES[way % STATUSES.length]
  const interval = INTERVALS[(way + which) % INTERVALS.length]
  const free = name === 'subscription_change' || status === 'trial' || status === 'paused'
  const pieces = { price: 9.99, ...(way % 2 === 0 ? { quantity: 1 + which } : {}) }
  return {
    ...(value === undefined ? {} : { value }),
    properties: {
      ...named,
      ...(status && { status }),
      ...(interval && { interval }),
      ...(value === undefined && !(free && way > 5) ? pieces : {}),
    },
  }
}

const answered = ({ which, way }: Step): Partial<RawEvent> => {
  const survey = which < 2 ? {} : { survey_id: which === 2 ? 'spring' : 'autumn' }
  const answer = way % 3 === 0 ? { kind: 'csat', score: 1 + (way % 5) } : { kind: 'nps', score: (way * 5 + 4) % 11 }
  return { properties: { ...survey, ...answer } }
}

const mailed = ({ which, way }: Step): Partial<RawEvent> => ({
  properties: {
    ...(which === 3 ? {} : { campaign: which < 2 ? 'spring' : 'autumn' }),
    ...(way % 4 === 0 ? { email_id: `m${which}` } : {}),
  },
})

const parametersOf = (step: Step): Partial<RawEvent> => {
  const { name, which } = step
  const items = itemsOf(which)
  if (name === 'purchase') return { transaction_id: `T${which}`, ...ordered(step) }
  if (name === 'refund') return refunded(step)
  if (name.endsWith('_cart') || name === 'view_item') return { items: items.slice(0, 1 + (which % 2)) }
  if (name === 'guide_step') {
    const [guide_id, more] = which < 2 ? ['welcome', { step_count: 5 }] : ['tour', {}]
    return { properties: { guide_id, step: which + 1, ...more } }
  }
  if (name.startsWith('guide_')) return { properties: { guide_id: which < 2 ? 'welcome' : 'tour' } }
  if (name === 'chat_opened') return { properties: { plan: which < 2 ? 'pro' : 'free' } }
  if (name === 'feature_used')
    return { properties: { feature: ['export', 'export', 'sharing', 'themes'][which] ?? '' } }
  if (name.startsWith('subscription_')) return subscribed(step)
  if (name === 'survey_response') return answered(step)
  if (name.startsWith('email_')) return mailed(step)
  return {}
}

/** Events that cannot be activity when they are marked as passive. */
const MAY_BE_QUIET: readonly Name[] = [
  'add_to_cart',
  'remove_from_cart',
  'chat_opened',
  'view_item',
  'guide_step',
  'begin_checkout',
  'sign_up',
  'generate_lead',
  'trial_start',
  'feature_used',
  'file_download',
  'subscription_start',
  'subscription_cancel',
  'survey_response',
  'purchase',
]

const hasMoney = (name: Name) => ['purchase', 'refund', 'subscription_start', 'subscription_change'].includes(name)

/** The measurements of a page view; each part can be missing. */
const seenOf = ({ engaged, scrolled, clicks }: Step): Partial<RawEvent> => ({
  ...(engaged > 0 && { engaged_seconds: engaged }),
  ...(scrolled !== undefined && { scroll_depth: scrolled }),
  ...(clicks !== undefined && { clicks, inp: 0.08 + engaged / 1000 }),
  ...(scrolled !== undefined && engaged > 0 && { lcp: engaged / 7, cls: scrolled / 300 }),
})

const eventOf = (step: Step, time: number, who: Visit['actor'], currency: string | undefined): RawEvent => ({
  // Identifying a user needs one.
  name: step.name === 'identify' && !('user_id' in who) ? 'login' : step.name,
  time: step.which === 3 ? new Date(time).toISOString() : time,
  ...who,
  ...(step.path === undefined ? {} : { url: `https://${step.host}${step.path}` }),
  ...step.place,
  ...(step.referrer && { referrer: step.referrer }),
  ...(step.user_agent && { user_agent: step.user_agent }),
  ...(step.language && { language: step.language }),
  ...(step.name === 'page_view' ? seenOf(step) : {}),
  ...(step.quiet && MAY_BE_QUIET.includes(step.name) ? { interactive: false } : {}),
  ...parametersOf(step),
  ...(currency !== undefined && hasMoney(step.name) ? { currency } : {}),
})

/** The events of a session; `midnight` returns the start of a day of the scenario. */
export const eventsOf = (
  { actor, day, from, steps, repeat }: Visit,
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
    const event = eventOf(step, time, actor, currencies[step.which])
    return step.hasId || step.name === 'purchase' ? { id: '', ...event } : event
  })
}
