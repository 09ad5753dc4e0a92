import type { Page } from '../page'
import { speedTexts } from '../texts/speed'

/** How fast pages are. */
export const speed = {
  id: 'speed',
  texts: speedTexts,
  path: '/speed',
  controls: true,
  without: ['comparison', 'granularity'],
  listed: true,
  share: 'own metrics',
  metrics: ['lcp', 'inp', 'cls', 'pageviews'],
  panels: [{ id: 'vitals', csv: true }],
} as const satisfies Page
