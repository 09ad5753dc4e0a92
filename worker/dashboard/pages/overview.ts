import { OVERVIEW_CARDS } from '../overviewCards'
import type { Page } from '../page'

/** How a site does, in one look. */
export const overview = {
  id: 'overview',
  title: 'Overview',
  path: '/',
  controls: true,
  listed: true,
  metrics: [...OVERVIEW_CARDS, 'clicks', 'scroll_depth'],
  panels: [
    { id: 'cards', title: 'Key figures', csv: true },
    { id: 'chart', title: 'Over time', csv: true },
    { id: 'breakdown', title: 'Broken down', csv: true },
  ],
} as const satisfies Page
