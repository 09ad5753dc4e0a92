import { texts } from './texts'

export const nowTexts = texts('now', {
  recent: {
    visitors: { one: '{number} visitor', other: '{number} visitors' },
    announcement: { one: '{count} visitor right now.', other: '{count} visitors right now.' },
    table: 'Recent events',
    time: 'Time',
    event: 'Event',
    none: 'No recent activity.',
  },
})
