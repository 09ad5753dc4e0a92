import { GUIDE_RUNS, GUIDE_STEPS } from '../../relations/guides'
import { count } from '../kinds/count'
import { median } from '../kinds/median'
import { share } from '../kinds/share'
import type { SumsMeasure } from '../metric'

const endedWith = (condition: string): SumsMeasure => ({
  form: 'sums',
  relation: GUIDE_RUNS,
  sums: { numerator: `sum(settled and ${condition})`, denominator: 'sum(settled)', pending: 'sum(not settled)' },
})

/**
 * Onboarding guides. A run is one person's events of one guide without a gap of over 30 minutes. It has one
 * outcome: completed, or else dismissed, or else abandoned.
 */
export const GUIDES = [
  count({
    id: 'guide_views',
    name: 'Guide views',
    help: 'How often a guide was started.',
    numerator: 'guide runs that began',
    glossary: ['guide run'],
    events: ['guide_step'],
    unit: 'count',
    better: 'up',
    breakdown: 'guide',
    of: () => ({ form: 'sums', relation: GUIDE_RUNS, sums: { count: 'sum(1)', pending: 'sum(not settled)' } }),
  }),
  count({
    id: 'guide_viewers',
    name: 'Guide viewers',
    help: 'Visitors who started a guide.',
    numerator: 'distinct visitors with a guide run',
    glossary: ['visitor', 'guide run'],
    events: ['guide_step'],
    unit: 'count',
    better: 'up',
    breakdown: 'guide',
    of: () => ({
      form: 'sums',
      relation: GUIDE_RUNS,
      perPerson: { unsettled: 'max(not settled)' },
      sums: { count: 'sum(1)', pending: of => `sum(${of('unsettled')})` },
    }),
  }),
  share({
    id: 'guide_completion_rate',
    name: 'Guide completion',
    help: 'The share of guide runs that were completed.',
    numerator: 'completed runs',
    denominator: 'settled runs',
    glossary: ['guide run', 'settled'],
    events: ['guide_step', 'guide_complete'],
    unit: 'ratio',
    better: 'up',
    breakdown: 'guide',
    of: () => endedWith('completed'),
    whole: 'guide runs',
  }),
  share({
    id: 'guide_dismiss_rate',
    name: 'Dismissal rate',
    help: 'The share of guide runs that were closed before their end.',
    numerator: 'dismissed runs that were not completed',
    denominator: 'settled runs',
    glossary: ['guide run', 'settled'],
    events: ['guide_step', 'guide_dismiss'],
    unit: 'ratio',
    better: 'down',
    breakdown: 'guide',
    of: () => endedWith('not completed and dismissed'),
    whole: 'guide runs',
  }),
  share({
    id: 'guide_step_dropoff',
    name: 'Step drop-off',
    help: 'The share of guide runs that reached a step but not the next one.',
    formula: '1 − runs that reached the next step / runs that reached this one',
    numerator: 'settled runs that reached a step but not the next one',
    denominator: 'settled runs that reached a step before the last',
    glossary: ['guide run', 'settled'],
    events: ['guide_step', 'guide_complete'],
    unit: 'ratio',
    better: 'down',
    breakdown: 'guide_step',
    of: () => ({
      form: 'sums',
      relation: GUIDE_STEPS,
      sums: { numerator: 'sum(settled and furthest = step)', denominator: 'sum(settled)', pending: 'sum(not settled)' },
    }),
    whole: 'guide runs that reached a step before the last',
  }),
  median({
    id: 'guide_time_to_complete',
    name: 'Time to complete a guide',
    help: 'Median time of completed guide runs, from start to completion.',
    formula: 'median seconds from start to completion',
    denominator: 'completed runs',
    glossary: ['guide run'],
    events: ['guide_step', 'guide_complete'],
    unit: 'seconds',
    better: 'down',
    breakdown: 'guide',
    of: { relation: GUIDE_RUNS, column: 'took', open: '0' },
    whole: 'completed guide runs',
    scale: milliseconds => milliseconds / 1000,
  }),
] as const
