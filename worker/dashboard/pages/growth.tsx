import { AttributionMenu } from '../attributionMenu'
import { CostForm } from '../costForm'
import type { Page } from '../page'

/** Acquisition costs, recurring revenue, churn and attribution. */
export const growth = {
  id: 'growth',
  title: 'Growth',
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
    { id: 'cards', title: 'Acquisition', csv: true },
    { id: 'revenue', title: 'Recurring revenue and customers', csv: true },
    { id: 'chart', title: 'Over time', csv: true },
    {
      id: 'acquisition',
      title: 'Acquisition by source',
      csv: true,
    },
    {
      id: 'attribution',
      title: 'Revenue attribution',
      lead: 'Divides each order among the visitor’s sessions in the 90 days before it. Refunds are subtracted from their order.',
      csv: true,
      Body: AttributionMenu,
    },
    {
      id: 'costs',
      title: 'Marketing costs',
      lead: 'Upload your spend by day, source and campaign to see acquisition costs and ROMI.',
      Body: CostForm,
    },
  ],
} as const satisfies Page
