import type { Rule } from '../../../shared/settings'
import { ACTIVITY_AND_EVENTS, ACTIVITY_AND_FACTS } from '../../relations/activity'
import type { Terms } from '../../relations/terms'
import type { SumsMeasure } from '../metric'
import { most } from '../people'

/** Whether events alone can meet a rule: page views need not be read for it. */
export const isOfEvents = (rule: Rule): boolean => !('page' in rule) && !('event' in rule && rule.event === 'page_view')

/** Visitors of the period, and those of them with something that meets a rule. */
export const visitorsWith = (terms: Terms, ...rules: readonly Rule[]): SumsMeasure => ({
  form: 'sums',
  relation: rules.every(isOfEvents) ? ACTIVITY_AND_EVENTS : ACTIVITY_AND_FACTS,
  perPerson: { active: most('active'), converted: most(terms.factMeets(...rules)), open: most('open') },
  sums: { numerator: ['active', 'converted'], denominator: ['active'], pending: ['active', 'open'] },
})
