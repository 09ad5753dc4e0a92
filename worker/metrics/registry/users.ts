import { dailyMean, share, windowCount } from '../kinds'
import type { Metric } from '../metric'

/** Who comes back. */
export const USERS: readonly Metric[] = [
  dailyMean({
    id: 'dau',
    name: 'Daily active users',
    help: 'Distinct visitors of a day, on average over the days of the period that have begun.',
    formula: 'Σ visitors of each day / days',
    unit: 'count',
    better: 'up',
    breakdown: 'session',
  }),
  windowCount({
    id: 'wau',
    name: 'Weekly active users',
    help: 'Distinct visitors with a lasting id who were active in the 7 days that end with the period.',
    formula: 'distinct lasting visitors of the last 7 days',
    unit: 'count',
    better: 'up',
    needs: ['lasting_id'],
    breakdown: 'session',
    days: 7,
  }),
  windowCount({
    id: 'mau',
    name: 'Monthly active users',
    help: 'Distinct visitors with a lasting id who were active in the 30 days that end with the period.',
    formula: 'distinct lasting visitors of the last 30 days',
    unit: 'count',
    better: 'up',
    needs: ['lasting_id'],
    breakdown: 'session',
    days: 30,
  }),
  share({
    id: 'retention_rate',
    name: 'Retention',
    help: 'Of those first seen on day 0, the share active on day n; only those whose day n is over within the period.',
    formula: 'active on day n / first seen on day 0',
    unit: 'ratio',
    better: 'up',
    needs: ['lasting_id'],
    daily: true,
    breakdown: 'cohort',
    parameters: [
      { name: 'day', help: 'n, in days, weeks or months after the first.', from: 1, to: 1000, default: 7 },
      {
        name: 'on',
        help: 'Active exactly then, or then or later in the period.',
        values: ['on', 'on_or_after'],
        default: 'on',
      },
      { name: 'unit', help: 'What n counts.', values: ['day', 'week', 'month'], default: 'day' },
    ],
    of: (_terms, { day, on, unit }) => ({
      form: 'cohort',
      unit: unit === 'week' || unit === 'month' ? unit : 'day',
      from: Number(day),
      to: on === 'on_or_after' ? null : Number(day),
    }),
    whole: 'visitors whose day is over',
  }),
]
