import { texts } from './texts.ts'

export const sitesTexts = texts('sites', {
  title: 'All sites',
  panels: {
    'all-sites': 'Sites',
  },
  list: {
    table: 'Sites',
    site: 'Site',
    days: 'Last 30 days',
    daysLabel: 'Visitors by day: from {low} to {high}',
    week: 'Visitors, 7 days',
    weekChange: 'Compared to the 7 days before',
    month: 'Visitors, 30 days',
    monthChange: 'Compared to the 30 days before',
  },
})
