import { OVERVIEW_CARDS } from '../overviewCards'
import type { Page } from '../page'

/** A site's top stats, chart and breakdown. */
export const overview = {
  id: 'overview',
  title: 'Overview',
  path: '/',
  controls: true,
  listed: true,
  metrics: [...OVERVIEW_CARDS, 'clicks', 'scroll_depth'],
  panels: [
    { id: 'cards', title: 'Top stats', csv: true },
    { id: 'chart', title: 'Over time', csv: true },
    { id: 'breakdown', title: 'Breakdown', csv: true },
  ],
} as const satisfies Page
