import type { Page } from '../page'

/** What AI services fetch, and the visits that they bring. */
export const ai = {
  id: 'ai',
  title: 'AI',
  path: '/ai',
  controls: 'period',
  listed: true,
  share: 'unfiltered',
  metrics: ['ai_fetches', 'sessions', 'conversion_rate'],
  panels: [
    {
      id: 'fetchedPages',
      title: 'Pages and AI services',
      lead: 'Pages that AI crawlers and agents fetched, the sessions that AI assistants sent to them, and how many of those converted.',
      csv: true,
    },
    {
      id: 'crawlers',
      title: 'Crawlers and agents',
      lead: 'Which crawlers and agents fetched your pages. Names come from the user agent, which any program can forge.',
      csv: true,
      half: true,
    },
    { id: 'assistants', title: 'Sessions from assistants', csv: true, half: true },
  ],
} as const satisfies Page
