import type { Page } from '../page'

/** Active visitors and recent events. */
export const now = {
  id: 'now',
  title: 'Realtime',
  path: '/now',
  controls: false,
  listed: true,
  share: 'unfiltered',
  metrics: [],
  panels: [
    {
      id: 'present',
      title: 'Active visitors (last 5 minutes)',
      lead: 'Recent activity, updated every 10 seconds.',
    },
  ],
} as const satisfies Page
