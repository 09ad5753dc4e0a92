import type { Page } from '../page'

/** Requests that were filtered or rejected, and what to do about them. */
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
    {
      id: 'traffic',
      title: 'Excluded traffic by page',
      lead: 'Traffic that is not from people, by page, reason, network and program. It is kept for 90 days, in case you want to count it later.',
      csv: true,
    },
  ],
} as const satisfies Page
