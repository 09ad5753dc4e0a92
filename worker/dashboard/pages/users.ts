import type { Page } from '../page'

/** Active users, retention and feature adoption. */
export const users = {
  id: 'users',
  title: 'Retention',
  path: '/retention',
  formerPath: '/users',
  controls: true,
  listed: true,
  share: 'own metrics',
  metrics: [
    'dau',
    'wau',
    'mau',
    'stickiness',
    'early_churn_rate',
    'product_adoption_rate',
    'retention_rate',
    'lifecycle',
    'feature_adoption_rate',
  ],
  panels: [
    { id: 'setup', title: 'Set up retention', hidden: true },
    { id: 'cards', title: 'Active users', csv: true },
    { id: 'chart', title: 'Over time', csv: true },
    {
      id: 'retention',
      title: 'Retention',
      lead: 'Share of new users who came back, by cohort. Incomplete periods are excluded.',
      csv: true,
    },
    {
      id: 'lifecycle',
      title: 'User lifecycle',
      lead: 'Active users split into new, returning and resurrected, and users who went dormant.',
      csv: true,
      half: true,
    },
    {
      id: 'features',
      title: 'Feature adoption',
      lead: 'Share of active users who used each feature.',
      csv: true,
      half: true,
    },
  ],
} as const satisfies Page
