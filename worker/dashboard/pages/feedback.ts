import type { Page } from '../page'
import { feedbackTexts } from '../texts/feedback'

/** Survey scores. */
export const feedback = {
  id: 'feedback',
  texts: feedbackTexts,
  path: '/feedback',
  controls: true,
  listed: true,
  share: 'own metrics',
  metrics: ['nps', 'nps_promoters', 'nps_passives', 'nps_detractors', 'csat'],
  panels: [
    { id: 'cards', csv: true },
    { id: 'chart', csv: true },
    { id: 'answers', csv: true, half: true },
    { id: 'breakdown', csv: true, half: true },
    { id: 'nps', csv: true, half: true },
    { id: 'csat', csv: true, half: true },
    { id: 'comments', csv: true },
  ],
} as const satisfies Page
