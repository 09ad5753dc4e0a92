import type { Page } from '../page'
import { aiTexts } from '../texts/ai'

/** What AI services fetch, and the visits that they bring. */
export const ai = {
  id: 'ai',
  texts: aiTexts,
  path: '/ai',
  controls: 'period',
  listed: true,
  share: 'unfiltered',
  metrics: ['ai_fetches', 'sessions', 'conversion_rate'],
  panels: [
    { id: 'fetchedPages', csv: true },
    { id: 'crawlers', csv: true, half: true },
    { id: 'assistants', csv: true, half: true },
  ],
} as const satisfies Page
