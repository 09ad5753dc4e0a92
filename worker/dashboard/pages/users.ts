import type { Page } from '../page'
import { RetentionMenu } from '../retentionMenu'
import { usersTexts } from '../texts/users'

/** Active users, retention and feature adoption. */
export const users = {
  id: 'users',
  texts: usersTexts,
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
    { id: 'setup', hidden: true },
    { id: 'cards', csv: true },
    { id: 'chart', csv: true },
    { id: 'retention', csv: true, Body: RetentionMenu },
    { id: 'lifecycle', csv: true, half: true },
    { id: 'features', csv: true, half: true },
  ],
} as const satisfies Page
