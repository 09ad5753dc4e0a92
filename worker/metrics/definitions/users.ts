import { featureUse } from '../../relations/features'
import { usage } from '../../relations/usage'
import { cohort } from '../kinds/cohort'
import { dailyMean } from '../kinds/dailyMean'
import { share } from '../kinds/share'
import { windowCount } from '../kinds/windowCount'
import { windowMean } from '../kinds/windowMean'
import { engaged } from './engaged'
import { featuresNamed } from './featuresNamed'
import { score } from './score'

/** By unit: when somebody is active again, in words. */
const AFTER: Readonly<Record<string, string>> = { day: 'on day', week: 'in week', month: 'in month' }

/** Who comes back. */
export const USERS = [
  dailyMean({
    id: 'dau',
    name: 'Daily active users',
    help: 'Distinct visitors of a day, on average over the days of the period that have begun.',
    numerator: 'Σ visitors of each day',
    denominator: 'days that have begun',
    events: [],
    unit: 'count',
    better: 'up',
    breakdown: 'session',
  }),
  windowCount({
    id: 'wau',
    name: 'Weekly active users',
    help: 'Distinct visitors with a lasting id who were active in the 7 days that end with the period.',
    numerator: 'distinct lasting visitors of the last 7 days',
    events: [],
    printed: {
      formula: 'Σ daily active users of the week / 7',
      reason: 'That is the mean of dau: who comes on several days is added several times, and then divided.',
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
    help: 'Distinct visitors with a lasting id who were active in the 30 days that end with the period.',
    numerator: 'distinct lasting visitors of the last 30 days',
    events: [],
    printed: {
      formula: 'Σ active users of the months / 12',
      reason: 'That is a mean over a year of something else; active users of a month are counted, each once.',
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
    help: 'Of the visitors active in the 30 days that end with the period, the share of those days they were active on, on average: daily by monthly active users.',
    numerator: 'mean dau over the last 30 days, of visitors with a lasting id',
    denominator: 'mau',
    events: [],
    unit: 'ratio',
    better: 'up',
    needs: ['lasting_id'],
    breakdown: 'session',
    days: 30,
    whole: 'visitors with a lasting id',
  }),
  cohort({
    id: 'retention_rate',
    name: 'Retention',
    help: 'Of those first seen on day 0, the share active on day n; only those whose day n is over within the period.',
    numerator: ({ day, on, unit }) =>
      `visitors active ${AFTER[String(unit)]} ${day}${on === 'on_or_after' ? ' or later' : ''}`,
    denominator: ({ day, unit }) => `visitors first seen in the period whose ${unit} ${day} is over`,
    events: [],
    printed: {
      formula: '(total users − new users) / total users, at the end of the period',
      reason: 'It says how many of those who are there are not new, not how many of those who came stayed.',
    },
    unit: 'ratio',
    better: 'up',
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
    of: ({ day, on, unit }) => ({
      unit: unit === 'week' || unit === 'month' ? unit : 'day',
      from: Number(day),
      to: on === 'on_or_after' ? null : Number(day),
      counts: 'present',
    }),
    whole: 'visitors whose day is over',
  }),
  cohort({
    id: 'early_churn_rate',
    name: 'Early churn',
    help: 'The share of new visitors who did nothing in the second stretch of days after the first; only those whose second stretch is over within the period.',
    numerator: ({ day }) => `new visitors with no activity on days ${Number(day) + 1} to ${2 * Number(day)}`,
    denominator: ({ day }) => `new visitors whose day ${2 * Number(day)} is over`,
    events: [],
    unit: 'ratio',
    better: 'down',
    parameters: [{ name: 'day', help: 'n, in days after the first.', from: 1, to: 500, default: 7 }],
    of: ({ day }) => ({
      unit: 'day',
      from: Number(day) + 1,
      to: 2 * Number(day),
      counts: 'absent',
    }),
    whole: 'new visitors whose days are over',
  }),
  share({
    id: 'feature_adoption_rate',
    name: 'Feature adoption',
    help: 'The share of active users who used a feature; without a name, any of the features.',
    numerator: ({ feature }) => `active users who used ${feature === null ? 'a feature' : `"${feature}"`}`,
    denominator: 'active users',
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
    help: 'From 0 to 100, on average over users: how many of the days they were active, how many of their sessions were engaged, and how many of the features they used.',
    numerator: ({ user }) =>
      `${user === null ? 'Σ' : `score of "${user}":`} 100 × mean of the shares of days active, sessions engaged and features used`,
    denominator: ({ user }) => (user === null ? 'users with a session' : 'this one user'),
    events: ['feature_used'],
    unit: 'score',
    better: 'up',
    needs: ['lasting_id'],
    daily: true,
    breakdown: 'session',
    parameters: [
      {
        name: 'user',
        help: 'The user_id of one user: their score, and where it stands among all.',
        default: null,
        names: 'user',
      },
    ],
    lacks: ({ features }) =>
      features.length === 0
        ? 'Say in settings.features which features the product has, as in [{"name":"Export","event":"export_done"}].'
        : null,
    of: terms => usage(terms.settings.features, engaged),
    features: terms => terms.settings.features.length,
    whole: 'users',
  }),
] as const
