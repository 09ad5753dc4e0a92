import { OVERVIEW_CARDS } from '../overviewCards'
import type { Page } from '../page'
import { overviewTexts } from '../texts/overview'

/** A site's top stats, chart and breakdowns. */
export const overview = {
  id: 'overview',
  texts: overviewTexts,
  path: '/',
  controls: true,
  listed: true,
  share: 'own metrics',
  metrics: [...OVERVIEW_CARDS, 'conversions', 'clicks', 'scroll_depth', 'goal_conversions', 'goal_conversion_rate'],
  panels: [
    { id: 'cards', csv: true },
    { id: 'chart', csv: true },
    { id: 'moved' },
    { id: 'sources', csv: true, half: true },
    { id: 'pages', csv: true, half: true },
    { id: 'locations', csv: true, half: true },
    { id: 'devices', csv: true, half: true },
    { id: 'goals' },
  ],
} as const satisfies Page
