import { texts } from './texts'

export const growthTexts = texts('growth', {
  title: 'Growth',
  panels: {
    cards: 'Acquisition',
    revenue: 'Recurring revenue and customers',
    chart: 'Over time',
    acquisition: 'Acquisition by source',
    attribution: 'Revenue attribution',
    costs: 'Marketing costs',
  },
  leads: {
    attribution:
      'Divides each order among the visitor’s sessions in the 90 days before it. Refunds are subtracted from their order.',
    costs: 'Upload your spend by day, source and campaign to see acquisition costs and ROMI.',
  },
})
