/** The metrics of active users on the page Retention, in the order of their cards. */
export const ACTIVITY_METRICS = [
  'dau',
  'wau',
  'mau',
  'stickiness',
  'early_churn_rate',
  'product_adoption_rate',
] as const
