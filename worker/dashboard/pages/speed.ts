import type { Page } from '../page'

/** How fast pages are. */
export const speed = {
  id: 'speed',
  title: 'Speed',
  path: '/speed',
  controls: true,
  listed: true,
  share: 'own metrics',
  metrics: ['lcp', 'inp', 'cls', 'pageviews'],
  panels: [
    {
      id: 'vitals',
      title: 'Page speed',
      lead: 'Core Web Vitals at the 75th percentile: three in four page views were at least this good.',
      csv: true,
    },
  ],
} as const satisfies Page
