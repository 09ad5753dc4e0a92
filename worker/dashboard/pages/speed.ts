import type { Page } from '../page'

/** How fast pages are. */
export const speed = {
  id: 'speed',
  title: 'Speed',
  path: '/speed',
  controls: true,
  listed: true,
  metrics: ['lcp', 'inp', 'cls', 'pageviews'],
  panels: [
    {
      id: 'vitals',
      title: 'Page speed',
      lead: 'Core Web Vitals: three of four page views were at least as fast.',
      csv: true,
    },
  ],
} as const satisfies Page
