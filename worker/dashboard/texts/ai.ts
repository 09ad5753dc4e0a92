import { texts } from './texts'

export const aiTexts = texts('ai', {
  title: 'AI',
  panels: {
    fetchedPages: 'Pages and AI services',
    crawlers: 'Crawlers and agents',
    assistants: 'Sessions from assistants',
  },
  leads: {
    fetchedPages:
      'Pages that AI crawlers and agents fetched, the sessions that AI assistants sent to them, and how many of those converted.',
    crawlers:
      'Which crawlers and agents fetched your pages. Names come from the user agent, which any program can forge.',
  },
})
