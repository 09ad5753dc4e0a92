import { texts } from './texts.ts'

export const nowTexts = texts('now', {
  title: 'Realtime',
  panels: {
    present: 'Active visitors (last 5 minutes)',
  },
  leads: {
    present: 'Recent activity, updated every 10 seconds.',
  },
  recent: {
    visitors: { one: '{number} visitor', other: '{number} visitors' },
    announcement: { one: '{count} visitor right now.', other: '{count} visitors right now.' },
    table: 'Recent events',
    time: 'Time',
    event: 'Event',
    none: 'No recent activity.',
  },
})
