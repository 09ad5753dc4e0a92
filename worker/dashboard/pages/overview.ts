import { OVERVIEW_CARDS } from '../overviewCards'
import type { Page } from '../page'

/** A site's top stats, chart and breakdowns. */
export const overview = {
  id: 'overview',
  title: 'Overview',
  path: '/',
  controls: true,
  listed: true,
  share: 'own metrics',
  metrics: [...OVERVIEW_CARDS, 'conversions', 'clicks', 'scroll_depth', 'goal_conversions', 'goal_conversion_rate'],
  panels: [
    { id: 'cards', title: 'Top stats', csv: true },
    { id: 'chart', title: 'Over time', csv: true },
    { id: 'moved', title: 'What moved' },
    { id: 'sources', title: 'Sources', csv: true, half: true },
    { id: 'pages', title: 'Pages', csv: true, half: true },
    { id: 'locations', title: 'Locations', csv: true, half: true },
    { id: 'devices', title: 'Devices', csv: true, half: true },
    { id: 'goals', title: 'Goals' },
  ],
} as const satisfies Page
