import type { Page } from '../page'

/** Survey scores. */
export const feedback = {
  id: 'feedback',
  title: 'Feedback',
  path: '/feedback',
  controls: true,
  listed: true,
  metrics: ['nps', 'csat'],
  panels: [
    { id: 'cards', title: 'Scores', csv: true },
    { id: 'chart', title: 'Over time', csv: true },
  ],
} as const satisfies Page
