import { texts } from './texts'

export const nowTexts = texts('now', {
  title: 'Realtime',
  panels: {
    present: 'Active visitors (last 5 minutes)',
  },
  leads: {
    present: 'Recent activity, updated every 10 seconds.',
  },
})
