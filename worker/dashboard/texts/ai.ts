import { texts } from './texts.ts'

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
  pages: {
    table: 'Pages and AI services',
    page: 'Page',
    fetchedBy: 'Fetched by',
    moreCrawlers: '{count} more',
    sessions: 'Sessions from assistants',
    most: 'Showing {shown} of {count} pages.',
    none: 'No AI service fetched a page in this period, and none sent a visitor. Crawlers do not run scripts, so fetches come from your Cloudflare zone or access logs.',
  },
  crawlers: {
    table: 'Fetches by crawler',
    crawler: 'Crawler',
    none: 'No fetches in this period. Configure the Cloudflare zone of the site, or import access logs.',
  },
  assistants: {
    table: 'Sessions from assistants',
    assistant: 'Assistant',
    none: 'No sessions from AI assistants in this period.',
  },
})
