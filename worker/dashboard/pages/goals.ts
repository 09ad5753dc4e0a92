import { FunnelMenu } from '../funnelMenu'
import type { Page } from '../page'
import { goalsTexts } from '../texts/goals'

/** Goals, funnels, paths, and events other than page views. */
export const goals = {
  id: 'goals',
  texts: goalsTexts,
  path: '/goals',
  controls: true,
  without: ['granularity'],
  listed: true,
  share: 'own metrics',
  metrics: ['events', 'visitors', 'goal_conversions', 'goal_conversion_rate', 'funnel', 'paths'],
  panels: [
    { id: 'goal-list', csv: true },
    { id: 'funnels', csv: true, Body: FunnelMenu },
    { id: 'paths', csv: true },
    { id: 'events', csv: true },
    { id: 'outbound', csv: true, half: true },
    { id: 'downloads', csv: true, half: true },
    { id: 'searches', csv: true, half: true },
    { id: 'missing', csv: true, half: true },
  ],
} as const satisfies Page
