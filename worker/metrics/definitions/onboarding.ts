import { journeys, meeting, signUpDays, startedBy } from '../../relations/journeys'
import { duration } from '../kinds/duration'
import { share } from '../kinds/share'
import type { Metric } from '../metric'
import { plural } from '../plural'
import { journey, pastWindow, window } from './journey'

const lacksValue: NonNullable<Metric['lacks']> = ({ value_event }) =>
  value_event === null
    ? 'Set settings.value_event to the event or page that shows that a user got value, for example "project_created" or "/reports*".'
    : null

/** Input beside the setting `value_event`. */
const SEND = 'sign_up and the value event, with the same visitor_id or user_id'

/** The first days of users after they sign up. */
export const ONBOARDING = [
  journey({
    id: 'activation_rate',
    name: 'Activation',
    help: 'The share of sign-ups that reached the value event within the window.',
    numerator: ({ window }) => `sign-ups with the value event within ${plural(window, 'day')}`,
    denominator: pastWindow('sign-ups'),
    glossary: ['sign-up'],
    events: ['sign_up'],
    unit: 'ratio',
    better: 'up',
    needs: ['user_id'],
    send: SEND,
    parameters: [window(7)],
    lacks: lacksValue,
    journey: ({ value_event }, within) => ({
      start: startedBy('sign_up'),
      outcome: meeting(value_event ? [value_event] : [], within),
      within,
    }),
    whole: 'sign-ups',
  }),
  duration({
    id: 'time_to_value',
    name: 'Time to value',
    help: 'Median time from sign-up to the value event; sign-ups that have not reached it yet are censored.',
    formula: 'median time from sign_up to the value event',
    denominator: 'sign-ups',
    glossary: ['sign-up'],
    events: ['sign_up'],
    unit: 'seconds',
    better: 'down',
    needs: ['lasting_id', 'user_id'],
    send: SEND,
    breakdown: 'start',
    lacks: lacksValue,
    of: ({ settings: { value_event } }) =>
      journeys({
        start: startedBy('sign_up'),
        outcome: meeting(value_event ? [value_event] : [], null),
        within: null,
      }),
    whole: 'sign-ups',
  }),
  share({
    id: 'product_adoption_rate',
    name: 'Product adoption',
    help: 'The share of sign-ups that were active on enough days of the window, the day of sign-up included.',
    numerator: ({ days, window }) => `sign-ups active on at least ${days} of days 1 to ${window}`,
    denominator: ({ window }) => `sign-ups whose day ${window} is over`,
    glossary: ['sign-up', 'active'],
    events: ['sign_up'],
    printed: {
      formula: 'new users / all users',
      reason: 'That is the share of users who are new, not the share of new users who adopted the product.',
    },
    unit: 'ratio',
    better: 'up',
    needs: ['lasting_id', 'user_id'],
    send: 'sign_up and the events after it, with the same visitor_id or user_id',
    parameters: [
      { name: 'days', help: 'On how many days they must be active.', from: 1, to: 366, default: 3 },
      window(30),
    ],
    daily: true,
    breakdown: 'start',
    of: (terms, args) => {
      const days = Number(args.window)
      const over = `day0 + ${days - 1} <= ${terms.lastDayOver}`
      return {
        form: 'sums',
        relation: signUpDays(days),
        sums: {
          numerator: `sum(person < 0 and ${over} and days >= ${Number(args.days)})`,
          denominator: `sum(person < 0 and ${over})`,
          pending: `sum(person < 0 and not (${over}))`,
          lasting: 'sum(person < 0)',
          others: 'sum(person > 0)',
        },
      }
    },
    whole: 'sign-ups whose window is over',
  }),
] as const
