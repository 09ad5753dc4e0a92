import { FunnelMenu } from '../funnelMenu'
import type { Page } from '../page'

/** Goals, funnels, paths, and events other than page views. */
export const goals = {
  id: 'goals',
  title: 'Goals & events',
  path: '/goals',
  controls: true,
  listed: true,
  share: 'own metrics',
  metrics: ['events', 'visitors', 'goal_conversions', 'goal_conversion_rate', 'funnel', 'paths'],
  panels: [
    { id: 'goal-list', title: 'Goals', csv: true },
    { id: 'funnels', title: 'Funnels', csv: true, Body: FunnelMenu },
    { id: 'paths', title: 'Paths', csv: true },
    { id: 'events', title: 'Events', csv: true },
    { id: 'outbound', title: 'Outbound links', csv: true, half: true },
    { id: 'downloads', title: 'Downloads', csv: true, half: true },
    { id: 'searches', title: 'Site search', csv: true, half: true },
    { id: 'missing', title: '404 pages', csv: true, half: true },
  ],
} as const satisfies Page
