import type { Page } from '../page'

/** How a site does, in one look. */
export const overview: Page = {
  id: 'overview',
  title: 'Overview',
  path: '/',
  controls: true,
  listed: true,
  metrics: [
    'visitors',
    'sessions',
    'pageviews',
    'bounce_rate',
    'session_duration',
    'conversion_rate',
    'revenue',
    'cart_abandonment_rate',
  ],
  panels: [
    { id: 'cards', title: 'Key figures', csv: true },
    { id: 'chart', title: 'Over time', csv: true },
    { id: 'breakdown', title: 'Broken down', csv: true },
  ],
}
