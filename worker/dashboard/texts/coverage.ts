import { texts } from './texts'

export const coverageTexts = texts('coverage', {
  title: 'Coverage',
  panels: {
    estimate: 'Visitors, recorded and estimated',
    signals: 'Other signals',
  },
  leads: {
    estimate: 'Compares the page views that the script recorded with the pages that were served to browsers.',
    signals: 'The share of visitors with Global Privacy Control, and of server-side orders that the script also saw.',
  },
})
