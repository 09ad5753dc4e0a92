import type { Rule } from '../../../shared/settings'
import { ACTIVITY_AND_EVENTS, ACTIVITY_AND_FACTS } from '../../relations/activity'
import { SESSIONS } from '../../relations/sessions'
import type { Terms } from '../../relations/terms'
import type { SumsMeasure } from '../metric'
import { most } from '../people'

/** Whether only events can meet a rule, so that page views need not be read. */
export const isOfEvents = (rule: Rule): boolean => !('page' in rule) && !('event' in rule && rule.event === 'page_view')

/** Visitors of the period, and how many of them meet a rule. */
export const visitorsWith = (terms: Terms, ...rules: readonly Rule[]): SumsMeasure => ({
  form: 'sums',
  relation: rules.every(isOfEvents) ? ACTIVITY_AND_EVENTS : ACTIVITY_AND_FACTS,
  perPerson: { active: most('active'), converted: most(terms.factMeets(...rules)), open: most('open') },
  sums: { numerator: ['active', 'converted'], denominator: ['active'], pending: ['active', 'open'] },
})

/** Sessions of the period, and how many of them meet a rule. */
export const sessionsWith = (terms: Terms, ...rules: readonly Rule[]): SumsMeasure => ({
  form: 'sums',
  relation: SESSIONS,
  sums: { numerator: `sum(${terms.sessionMeets(...rules)})`, denominator: 'sum(1)', pending: 'sum(open)' },
})
