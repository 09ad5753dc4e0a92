import { featureUse } from '../../relations/features'
import { LIFECYCLE } from '../../relations/lifecycle'
import { usage } from '../../relations/usage'
import { cohort } from '../kinds/cohort'
import { count } from '../kinds/count'
import { dailyMean } from '../kinds/dailyMean'
import { share } from '../kinds/share'
import { windowCount } from '../kinds/windowCount'
import { windowMean } from '../kinds/windowMean'
import { engaged } from './engaged'
import { featuresNamed } from './featuresNamed'
import { score } from './score'

/** The time of the return in words, by unit. */
const AFTER: Readonly<Record<string, string>> = { day: 'on day', week: 'in week', month: 'in month' }

/** Users by their activity in the period and in the same number of days before. */
const STATES: Readonly<Record<string, { readonly words: string; readonly sql: string }>> = {
  active: { words: 'visitors active in the period', sql: 'during' },
  new: { words: 'active visitors first seen in the period', sql: 'during and fresh' },
  returning: {
    words: 'active visitors who were also active in the same number of days before',
    sql: 'during and not fresh and earlier',
  },
  resurrected: {
    words: 'active visitors who were seen earlier, but not in the same number of days before',
    sql: 'during and not fresh and not earlier',
  },
  dormant: {
    words: 'visitors active in the same number of days before the period, but not in it',
    sql: 'earlier and not during',
  },
}

const PARTS = Object.keys(STATES).filter(name => name !== 'active')

/** Active users and how they come back. */
export const USERS = [
  dailyMean({
    id: 'dau',
    name: 'Daily active users',
    help: 'Average number of distinct visitors per day, over the days of the period that have begun.',
    numerator: 'Σ visitors of each day',
    denominator: 'days that have begun',
    glossary: ['visitor'],
    events: [],
    unit: 'count',
    better: 'up',
    breakdown: 'session',
  }),
  windowCount({
    id: 'wau',
    name: 'Weekly active users',
    help: 'Distinct visitors with a persistent id who were active in the 7 days that end with the period.',
    numerator: 'distinct visitors with a persistent id in the last 7 days',
    glossary: ['visitor'],
    events: [],
    printed: {
      formula: 'Σ daily active users of the week / 7',
      reason: 'That is the mean of dau: it adds a visitor once for each day and then divides by 7.',
    },
    unit: 'count',
    better: 'up',
    needs: ['lasting_id'],
    breakdown: 'session',
    days: 7,
  }),
  windowCount({
    id: 'mau',
    name: 'Monthly active users',
    help: 'Distinct visitors with a persistent id who were active in the 30 days that end with the period.',
    numerator: 'distinct visitors with a persistent id in the last 30 days',
    glossary: ['visitor'],
    events: [],
    printed: {
      formula: 'Σ active users of the months / 12',
      reason: 'That is a mean over a year. Footfall counts each active user of the last 30 days once.',
    },
    unit: 'count',
    better: 'up',
    needs: ['lasting_id'],
    breakdown: 'session',
    days: 30,
  }),
  windowMean({
    id: 'stickiness',
    name: 'Stickiness',
    help: 'Daily active users by monthly active users: the share of the 30 days that end with the period on which a visitor was active, on average.',
    numerator: 'mean dau over the last 30 days, visitors with a persistent id',
    denominator: 'mau',
    glossary: ['visitor', 'active'],
    events: [],
    unit: 'ratio',
    better: 'up',
    needs: ['lasting_id'],
    breakdown: 'session',
    days: 30,
    whole: 'visitors with a persistent id',
  }),
  count({
    id: 'lifecycle',
    name: 'User lifecycle',
    help: 'Active visitors with a persistent id, split into new, returning and resurrected ones. Dormant visitors are given beside them.',
    numerator: ({ state }) => STATES[String(state)]?.words ?? null,
    glossary: ['visitor', 'active'],
    events: [],
    unit: 'count',
    better: 'up',
    needs: ['lasting_id'],
    daily: true,
    breakdown: 'none',
    parameters: [
      {
        name: 'state',
        help: '"new" visitors were first seen in the period. "returning" ones were also active in the same number of days before. "resurrected" ones were seen earlier, but not in those days. "dormant" ones were active in those days, but not in the period.',
        values: Object.keys(STATES),
        default: 'active',
      },
    ],
    of: (_terms, { state }) => ({
      form: 'sums',
      relation: LIFECYCLE,
      sums: {
        ...Object.fromEntries(PARTS.map(name => [name, `sum(person < 0 and ${STATES[name]?.sql})`])),
        count: `sum(person < 0 and ${STATES[String(state)]?.sql})`,
        lasting: 'sum(person < 0)',
        others: 'sum(person > 0)',
      },
    }),
    parts: () => PARTS,
  }),
  cohort({
    id: 'retention_rate',
    name: 'Retention',
    help: 'The share of visitors first seen on day 0 who were active on day n, counting only those whose day n is over within the period.',
    numerator: ({ day, on, unit, return: back }) =>
      `visitors ${back === null ? 'active' : `with the event "${back}"`} ${AFTER[String(unit)]} ${day}${on === 'on_or_after' ? ' or later' : ''}`,
    denominator: ({ day, unit, first }) =>
      `visitors ${first === null ? 'first seen' : `with a first "${first}"`} in the period whose ${unit} ${day} is over`,
    glossary: ({ return: back }) => ['visitor', back === null ? 'active' : 'event'],
    events: [],
    printed: {
      formula: '(total users − new users) / total users, at the end of the period',
      reason: 'That is the share of users who are not new, not the share of new users who came back.',
    },
    unit: 'ratio',
    better: 'up',
    parameters: [
      { name: 'day', help: 'n: how many days, weeks or months after the first.', from: 1, to: 1000, default: 7 },
      {
        name: 'on',
        help: 'Active exactly then, or at any time from then on within the period.',
        values: ['on', 'on_or_after'],
        default: 'on',
      },
      { name: 'unit', help: 'The unit of n.', values: ['day', 'week', 'month'], default: 'day' },
      {
        name: 'first',
        names: 'event',
        unfiltered: true,
        help: 'The event that starts day 0: the first of its name by the visitor in the period. By default, day 0 is the day of the first activity ever.',
        default: null,
      },
      {
        name: 'return',
        names: 'event',
        unfiltered: true,
        help: 'The event that counts as coming back; any activity by default.',
        default: null,
      },
    ],
    of: ({ day, on, unit, first, return: back }) => ({
      unit: unit === 'week' || unit === 'month' ? unit : 'day',
      from: Number(day),
      to: on === 'on_or_after' ? null : Number(day),
      counts: 'present',
      first: first === null ? null : String(first),
      back: back === null ? null : String(back),
    }),
    whole: 'visitors whose day is over',
  }),
  cohort({
    id: 'early_churn_rate',
    name: 'New-user churn',
    help: 'The share of new visitors with no activity on days n + 1 to 2n after the first, counting only those whose day 2n is over within the period.',
    numerator: ({ day }) => `new visitors with no activity on days ${Number(day) + 1} to ${2 * Number(day)}`,
    denominator: ({ day }) => `new visitors whose day ${2 * Number(day)} is over`,
    glossary: ['visitor'],
    events: [],
    unit: 'ratio',
    better: 'down',
    parameters: [{ name: 'day', help: 'n: how many days after the first.', from: 1, to: 500, default: 7 }],
    of: ({ day }) => ({
      unit: 'day',
      from: Number(day) + 1,
      to: 2 * Number(day),
      counts: 'absent',
      first: null,
      back: null,
    }),
    whole: 'new visitors whose days are over',
  }),
  share({
    id: 'feature_adoption_rate',
    name: 'Feature adoption',
    help: 'The share of active users who used a feature, or any feature if none is named.',
    numerator: ({ feature }) => `active users who used ${feature === null ? 'a feature' : `"${feature}"`}`,
    denominator: 'active users',
    glossary: ['active', 'feature'],
    events: ['feature_used'],
    unit: 'ratio',
    better: 'up',
    needs: ['lasting_id'],
    breakdown: 'feature',
    parameters: [{ name: 'feature', help: 'The name of one feature.', default: null }],
    of: (terms, { feature }) => ({
      form: 'sums',
      relation: featureUse(featuresNamed(terms.settings, feature)),
      perPerson: { active: 'max(active)', used: 'max(used)' },
      sums: {
        numerator: of => `sum(person < 0 and ${of('active')} and ${of('used')})`,
        denominator: of => `sum(person < 0 and ${of('active')})`,
        lasting: of => `sum(person < 0 and ${of('active')})`,
        others: of => `sum(person > 0 and ${of('active')})`,
      },
    }),
    whole: 'active users',
  }),
  score({
    id: 'engagement_score',
    name: 'Engagement score',
    help: 'Average score of users from 0 to 100, the mean of three shares: days active, sessions engaged and features used.',
    numerator: ({ user }) =>
      `${user === null ? 'Σ' : `score of "${user}":`} 100 × mean of the shares of days active, sessions engaged and features used`,
    denominator: ({ user }) => (user === null ? 'users with a session' : 'this one user'),
    glossary: ['session', 'engaged', 'active', 'feature'],
    events: ['feature_used'],
    unit: 'score',
    better: 'up',
    needs: ['lasting_id'],
    daily: true,
    breakdown: 'session',
    parameters: [
      {
        name: 'user',
        help: 'The user_id of one user, to get their score and percentile.',
        default: null,
        names: 'user',
      },
    ],
    lacks: ({ features }) =>
      features.length === 0
        ? 'List the features of your product in settings.features, for example [{"name":"Export","event":"export_done"}].'
        : null,
    of: terms => usage(terms.settings.features, engaged),
    features: terms => terms.settings.features.length,
    whole: 'users',
  }),
] as const
