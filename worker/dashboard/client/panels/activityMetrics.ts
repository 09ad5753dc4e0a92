import type { MetricQuestion } from '../../questions'

/** The metrics of active users on the page Retention, in the order of their cards. */
export const ACTIVITY_METRICS = [
  'dau',
  'wau',
  'mau',
  'stickiness',
  'retention_rate',
  'early_churn_rate',
  'product_adoption_rate',
] as const

const PARAMETERS = { retention_rate: { day: 1, unit: 'week' } }

/** Asks for the retention of the first week, which is of more users than that of a day. */
export const ofWeekOne = (question: MetricQuestion): MetricQuestion =>
  question.metrics.includes('retention_rate') ? { ...question, parameters: PARAMETERS } : question
