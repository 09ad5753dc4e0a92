import { AttributionMenu } from '../attributionMenu'
import { CostForm } from '../costForm'
import type { Page } from '../page'
import { growthTexts } from '../texts/growth'

/** Acquisition costs, recurring revenue, churn and attribution. */
export const growth = {
  id: 'growth',
  texts: growthTexts,
  path: '/growth',
  controls: true,
  listed: true,
  share: 'own metrics',
  metrics: [
    'cac',
    'cost_per_lead',
    'romi',
    'clv',
    'mrr',
    'arr',
    'arpu',
    'churn_rate',
    'customer_retention_rate',
    'new_customers',
    'orders',
    'revenue',
  ],
  panels: [
    { id: 'cards', csv: true },
    { id: 'revenue', csv: true },
    { id: 'chart', csv: true },
    { id: 'acquisition', csv: true },
    { id: 'attribution', csv: true, Body: AttributionMenu },
    { id: 'costs', Body: CostForm },
  ],
} as const satisfies Page
