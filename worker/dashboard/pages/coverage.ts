import type { Page } from '../page'
import { coverageTexts } from '../texts/coverage'

/** How much of a site's traffic the script records. */
export const coverage = {
  id: 'coverage',
  texts: coverageTexts,
  path: '/coverage',
  controls: 'period',
  listed: false,
  metrics: ['visitors', 'order_coverage'],
  panels: [
    { id: 'estimate', csv: true },
    { id: 'signals', csv: true },
  ],
} as const satisfies Page
