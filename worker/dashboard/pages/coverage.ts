import type { Page } from '../page'

/** How much of a site's traffic the script records. */
export const coverage = {
  id: 'coverage',
  title: 'Coverage',
  path: '/coverage',
  controls: 'period',
  listed: false,
  metrics: ['visitors', 'order_coverage'],
  panels: [
    {
      id: 'estimate',
      title: 'Visitors, recorded and estimated',
      lead: 'Compares the page views that the script recorded with the pages that were served to browsers.',
      csv: true,
    },
    {
      id: 'signals',
      title: 'Other signals',
      lead: 'The share of visitors with Global Privacy Control, and of server-side orders that the script also saw.',
      csv: true,
    },
  ],
} as const satisfies Page
