import type { Goal, SiteSettings } from '../../../shared/settings'
import { attributableGoals } from '../../relations/attributableConversions'
import { goalConversions, goalSessions, goalVisitors } from '../../relations/goals'
import { count } from '../kinds/count'
import { share } from '../kinds/share'
import type { Arguments, Parameter } from '../metric'
import { most } from '../people'
import { FUNNEL } from './funnel'
import { SCOPE } from './scope'

const GOAL: Parameter = {
  name: 'goal',
  names: 'goal',
  help: 'The id of one goal in settings.goals; all goals by default.',
  default: null,
}

const goalsOf = ({ goals }: SiteSettings, { goal }: Arguments): readonly Goal[] =>
  goal === null || goal === undefined ? goals : goals.filter(({ id }) => id === goal)

const lacksGoals = ({ goals }: SiteSettings): string | null =>
  goals.length === 0
    ? 'Set settings.goals to what visitors should do, for example [{"id":"newsletter","event":"newsletter_signup"}].'
    : null

const named = (goal: Arguments[string] | undefined): string => (goal === null ? 'a goal' : `the goal "${goal}"`)

/** Conversions of the goals and funnels in the site's settings. */
export const GOALS = [
  count({
    id: 'goal_conversions',
    name: 'Goal conversions',
    help: 'How often visitors reached a goal.',
    numerator: ({ goal }) =>
      goal === null
        ? 'page views and events that reach a goal, counted once per goal'
        : `page views and events that reach ${named(goal)}`,
    glossary: ['page view', 'event', 'goal'],
    events: ['goal'],
    unit: 'count',
    better: 'up',
    breakdown: 'goal',
    parameters: [GOAL],
    lacks: lacksGoals,
    of: ({ settings }, args) => ({
      form: 'sums',
      relation: goalConversions(goalsOf(settings, args)),
      sums: { count: 'sum(1)', value: 'sum(worth)' },
    }),
    attributed: { conversions: ({ settings }, args) => attributableGoals(goalsOf(settings, args)) },
    parts: ({ settings }, args) => (goalsOf(settings, args).some(({ value }) => value !== undefined) ? ['value'] : []),
  }),
  share({
    id: 'goal_conversion_rate',
    name: 'Goal conversion rate',
    help: 'The share of visitors, or of sessions, that reached a goal.',
    numerator: ({ scope, goal }) => `${scope === 'session' ? 'sessions that' : 'visitors who'} reached ${named(goal)}`,
    denominator: ({ scope }) => `${scope}s`,
    glossary: ({ scope }) => [scope === 'session' ? 'session' : 'visitor', 'goal'],
    events: ['goal'],
    unit: 'ratio',
    better: 'up',
    breakdown: 'goal',
    parameters: [GOAL, SCOPE],
    lacks: lacksGoals,
    of: ({ settings }, args) => {
      const goals = goalsOf(settings, args)
      if (args.scope === 'session') {
        const sums = { numerator: 'sum(reached)', denominator: 'sum(1)', pending: 'sum(open)' }
        return { form: 'sums', relation: goalSessions(goals), sums }
      }
      return {
        form: 'sums',
        relation: goalVisitors(goals),
        perPerson: { active: most('active'), reached: most('reached'), open: most('open') },
        sums: { numerator: ['active', 'reached'], denominator: ['active'], pending: ['active', 'open'] },
      }
    },
    whole: 'visitors',
  }),
  FUNNEL,
] as const
