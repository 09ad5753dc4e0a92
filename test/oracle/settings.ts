import fc from 'fast-check'
import type { Goal, SiteSettings } from '../../shared/settings.ts'

/** Goals of every kind; a question may name any of them. */
const GOALS: readonly Goal[] = [
  { id: 'chat', name: 'Pro chat', event: 'chat_opened', where: [['is', 'property:plan', ['pro']]], value: 2.5 },
  { id: 'read', name: 'Read', seconds: 5, where: [['is_not', 'country', ['NO']]] },
  { id: 'bought', name: 'Bought', event: 'purchase', where: [['contains', 'item', ['i1']]], value: 10 },
  { id: 'page', name: 'Page', page: '/b/*', where: [['matches', 'hostname', ['docs*']]] },
  { id: 'deep', name: 'Deep', scroll: 50 },
]

/** Possible settings of a site about the events in sessions. */
const SETTINGS: readonly Partial<SiteSettings>[] = [
  {},
  {
    conversions: [{ event: 'chat_opened' }, { page: '/b/*' }],
    goals: GOALS,
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
