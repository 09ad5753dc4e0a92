import { FIRST_PAYING, meeting, PAYING, QUALIFIED, STARTED_BY_ACTIVITY, startedBy } from '../../relations/journeys'
import { share } from '../kinds/share'
import { plural } from '../plural'
import { journey, pastWindow, window } from './journey'
import { SCOPE } from './scope'
import { sessionsWith, visitorsWith } from './visitorsWith'

const ALL = 'session_and_event'
const PURCHASE = { event: 'purchase' }

/** How many visitors, leads and trials convert. */
export const CONVERSION = [
  share({
    id: 'conversion_rate',
    name: 'Conversion rate',
    help: 'The share of visitors, or of sessions, with a conversion.',
    numerator: ({ scope, event }) => `${scope}s with ${event === null ? 'a conversion' : `the event "${event}"`}`,
    denominator: ({ scope }) => `${scope}s`,
    glossary: ({ scope, event }) => [
      scope === 'session' ? 'session' : 'visitor',
      event === null ? 'conversion' : 'event',
    ],
    events: ['sign_up', 'purchase'],
    unit: 'ratio',
    better: 'up',
    breakdown: 'session_and_event',
    settings: ['conversions', 'purchases'],
    parameters: [
      SCOPE,
      {
        name: 'event',
        names: 'event',
        help: "The name of one event to count instead of the site's conversions.",
        default: null,
      },
    ],
    of: (terms, { scope, event }) => {
      const rules = event === null || event === undefined ? terms.conversions : [{ event: String(event) }]
      return scope === 'session' ? sessionsWith(terms, ...rules) : visitorsWith(terms, ...rules)
    },
    whole: 'visitors',
  }),
  share({
    id: 'purchase_conversion_rate',
    name: 'Purchase conversion',
    help: 'The share of visitors, or of sessions, with a purchase.',
    numerator: ({ scope }) => `${scope}s with a purchase`,
    denominator: ({ scope }) => `${scope}s`,
    glossary: ({ scope }) => [scope === 'session' ? 'session' : 'visitor'],
    events: ['purchase'],
    unit: 'ratio',
    better: 'up',
    breakdown: 'session_and_event',
    settings: ['purchases'],
    parameters: [SCOPE],
    of: (terms, { scope }) => (scope === 'session' ? sessionsWith(terms, PURCHASE) : visitorsWith(terms, PURCHASE)),
    whole: 'visitors',
  }),
  share({
    id: 'visitor_to_trial_rate',
    name: 'Visitor-to-trial rate',
    help: 'The share of visitors who started a trial.',
    numerator: 'visitors with a trial_start',
    denominator: 'visitors',
    glossary: ['visitor'],
    events: ['trial_start'],
    unit: 'ratio',
    better: 'up',
    breakdown: ALL,
    of: terms => visitorsWith(terms, { event: 'trial_start' }),
    whole: 'visitors',
  }),
  journey({
    id: 'lead_conversion_rate',
    name: 'Lead conversion',
    help: 'The share of leads who became customers within the window.',
    numerator: ({ window }) => `leads with a first purchase or subscription within ${plural(window, 'day')}`,
    denominator: pastWindow('leads'),
    glossary: ['lead'],
    events: ['generate_lead', 'purchase', 'subscription_start'],
    unit: 'ratio',
    better: 'up',
    needs: ['user_id', 'server_events'],
    send: 'generate_lead, and purchase or subscription_start, with the same visitor_id or user_id',
    parameters: [window(90)],
    journey: (_settings, within) => ({ start: startedBy('generate_lead'), outcome: FIRST_PAYING, within }),
    whole: 'leads',
  }),
  journey({
    id: 'visitor_to_sql_rate',
    name: 'Visitor to sales-qualified lead',
    help: 'The share of visitors whom sales accepted as a lead within the window.',
    numerator: ({ window }) => `visitors with a lead_qualified within ${plural(window, 'day')}`,
    denominator: pastWindow('visitors'),
    glossary: ['visitor'],
    events: ['lead_qualified'],
    unit: 'ratio',
    better: 'up',
    needs: ['user_id', 'server_events'],
    send: 'lead_qualified, with the visitor_id or user_id of the visitor',
    parameters: [window(90)],
    journey: (_settings, within) => ({ start: STARTED_BY_ACTIVITY, outcome: QUALIFIED, within }),
    whole: 'visitors',
  }),
  journey({
    id: 'trial_to_pql_rate',
    name: 'Trial to product-qualified lead',
    help: "The share of trials that met the site's product-qualified rule within the window.",
    numerator: ({ window }) =>
      `trials that met every rule of settings.product_qualified within ${plural(window, 'day')}`,
    denominator: pastWindow('trials'),
    glossary: ['trial'],
    events: ['trial_start'],
    unit: 'ratio',
    better: 'up',
    needs: ['user_id'],
    send: 'trial_start, with a visitor_id or user_id',
    parameters: [window(30)],
    lacks: ({ product_qualified }) =>
      product_qualified.length === 0
        ? 'Set settings.product_qualified to the rules that make a trial product-qualified, for example [{"event":"project_created","times":3}].'
        : null,
    journey: ({ product_qualified }, within) => ({
      start: startedBy('trial_start'),
      outcome: meeting(product_qualified, within),
      within,
      times: product_qualified.map(({ times }) => times),
    }),
    whole: 'trials',
  }),
  journey({
    id: 'trial_to_paid_rate',
    name: 'Trial-to-paid rate',
    help: 'The share of ended trials that became paying customers within the window.',
    numerator: ({ window }) => `trials that paid within ${plural(window, 'day')}`,
    denominator: pastWindow('trials'),
    glossary: ['trial'],
    events: ['trial_start', 'purchase', 'subscription_start'],
    unit: 'ratio',
    better: 'up',
    needs: ['user_id', 'server_events'],
    send: 'trial_start, and purchase or subscription_start, with the same visitor_id or user_id',
    parameters: [window(30)],
    journey: (_settings, within) => ({ start: startedBy('trial_start'), outcome: PAYING, within }),
    whole: 'trials that have ended',
  }),
] as const
