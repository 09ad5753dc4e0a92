import { texts } from './texts'

export const usersTexts = texts('users', {
  title: 'Retention',
  panels: {
    setup: 'Set up retention',
    cards: 'Active users',
    chart: 'Over time',
    retention: 'Retention',
    lifecycle: 'User lifecycle',
    features: 'Feature adoption',
  },
  leads: {
    retention: 'Share of new users who came back, by cohort. Incomplete periods are excluded.',
    lifecycle: 'Active users split into new, returning and resurrected, and users who went dormant.',
    features: 'Share of active users who used each feature.',
  },
})
