import type { Page } from '../page'

/** What was sent and is in no number, and what to do about it. */
export const excluded = {
  id: 'excluded',
  title: 'Excluded traffic',
  path: '/excluded',
  controls: 'period',
  listed: false,
  metrics: [],
  panels: [
    {
      id: 'reasons',
      title: 'Excluded requests',
      lead: 'Requests that were filtered out or rejected, by UTC day. They are not in your stats.',
      csv: true,
    },
  ],
} as const satisfies Page
