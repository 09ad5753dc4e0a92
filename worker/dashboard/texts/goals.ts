import { texts } from './texts'

export const goalsTexts = texts('goals', {
  title: 'Goals & events',
  panels: {
    'goal-list': 'Goals',
    funnels: 'Funnels',
    paths: 'Paths',
    events: 'Events',
    outbound: 'Outbound links',
    downloads: 'Downloads',
    searches: 'Site search',
    missing: '404 pages',
  },
})
