import fc from 'fast-check'
import type { Funnel, Goal, SiteSettings } from '../../shared/settings.ts'

/** Goals of every kind; a question may name any of them. */
const GOALS: readonly Goal[] = [
  { id: 'chat', name: 'Pro chat', event: 'chat_opened', where: [['is', 'property:plan', ['pro']]], value: 2.5 },
  { id: 'read', name: 'Read', seconds: 5, where: [['is_not', 'country', ['NO']]] },
  { id: 'bought', name: 'Bought', event: 'purchase', where: [['contains', 'item', ['i1']]], value: 10 },
  { id: 'page', name: 'Page', page: '/b/*', where: [['matches', 'hostname', ['docs*']]] },
  { id: 'deep', name: 'Deep', scroll: 50 },
]

const CHAT: Funnel['steps'][number] = { name: 'Chat', event: 'chat_opened', where: [['is', 'property:plan', ['pro']]] }

/** Funnels of every order and scope; a question may name any of them. */
const FUNNELS: readonly Funnel[] = [
  {
    id: 'sequential',
    name: 'Sequential',
    steps: [
      { name: 'Any page', page: '/*' },
      { name: 'Cart', event: 'add_to_cart' },
      { name: 'Bought', event: 'purchase' },
    ],
    order: 'sequential',
    window: 2,
    scope: 'visitor',
  },
  { id: 'strict', name: 'Strict', steps: [CHAT, CHAT], order: 'strict', window: 1, scope: 'visitor' },
  {
    id: 'any',
    name: 'Any',
    steps: [
      { name: 'Used', event: 'feature_used' },
      { name: 'Page', page: '/*', where: [['is_not', 'country', ['NO']]] },
      { name: 'Signed up', event: 'sign_up' },
    ],
    order: 'any',
    window: 3,
    scope: 'visitor',
  },
  {
    id: 'sequential-session',
    name: 'Sequential',
    steps: [{ name: 'Page', page: '/*' }, CHAT],
    order: 'sequential',
    window: 1,
    scope: 'session',
  },
  {
    id: 'strict-session',
    name: 'Strict',
    steps: [
      { name: 'Cart', event: 'add_to_cart' },
      { name: 'Bought', event: 'purchase' },
    ],
    order: 'strict',
    window: 1,
    scope: 'session',
  },
  {
    id: 'any-session',
    name: 'Any',
    steps: [
      { name: 'Used', event: 'feature_used' },
      { name: 'Page', page: '/*', where: [['is', 'device', ['desktop']]] },
    ],
    order: 'any',
    window: 0.01,
    scope: 'session',
  },
]

/** Possible settings of a site about the events in sessions. */
const SETTINGS: readonly Partial<SiteSettings>[] = [
  {},
  {
    conversions: [{ event: 'chat_opened' }, { page: '/b/*' }],
    goals: GOALS,
    funnels: FUNNELS,
    value_event: { feature: 'export' },
    product_qualified: [{ feature: 'export', times: 1 }],
    features: [
      { name: 'export', feature: 'export' },
      { name: 'Sharing', feature: 'sharing' },
    ],
  },
  {
    conversions: [{ page: '/a' }, { event: 'purchase' }, { feature: 'themes' }],
    goals: GOALS.toReversed(),
    funnels: FUNNELS.toReversed(),
    value_event: { event: 'chat_opened' },
    product_qualified: [
      { event: 'feature_used', times: 2 },
      { page: '/*', times: 1 },
    ],
    features: [
      { name: 'Chat', event: 'chat_opened' },
      { name: 'Docs', page: '/b*' },
      { name: 'export', feature: 'export' },
    ],
  },
  { value_event: { page: '/*' }, product_qualified: [{ event: 'chat_opened', times: 1 }] },
  { purchases: 'server' },
  {
    purchases: 'server',
    goals: GOALS,
    funnels: FUNNELS,
    conversions: [{ event: 'refund' }, { event: 'subscription_cancel' }],
    value_event: { event: 'purchase' },
    product_qualified: [{ event: 'subscription_start', times: 1 }],
    features: [
      { name: 'Buying', event: 'purchase' },
      { name: 'export', feature: 'export' },
    ],
  },
]

/** Random settings of a site. */
export const settings = fc.constantFrom(...SETTINGS)
