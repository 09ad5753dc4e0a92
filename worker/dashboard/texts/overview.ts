import { texts } from './texts'

export const overviewTexts = texts('overview', {
  title: 'Overview',
  panels: {
    cards: 'Top stats',
    chart: 'Over time',
    moved: 'What moved',
    sources: 'Sources',
    pages: 'Pages',
    locations: 'Locations',
    devices: 'Devices',
    goals: 'Goals',
  },
})
