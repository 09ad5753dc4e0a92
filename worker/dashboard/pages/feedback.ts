import type { Page } from '../page'

/** Survey scores. */
export const feedback = {
  id: 'feedback',
  title: 'Feedback',
  path: '/feedback',
  controls: true,
  listed: true,
  share: 'own metrics',
  metrics: ['nps', 'nps_promoters', 'nps_passives', 'nps_detractors', 'csat'],
  panels: [
    { id: 'cards', title: 'Survey scores', csv: true },
    { id: 'chart', title: 'Over time', csv: true },
    { id: 'answers', title: 'NPS answers', csv: true, half: true },
    { id: 'breakdown', title: 'Scores', csv: true, half: true },
    { id: 'nps', title: 'NPS distribution', csv: true, half: true },
    { id: 'csat', title: 'CSAT distribution', csv: true, half: true },
    { id: 'comments', title: 'Comments', csv: true },
  ],
} as const satisfies Page
