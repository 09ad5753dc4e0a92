import { guidedSignUps, inDays, journeys, meeting, signUpDays, startedBy } from '../../relations/journeys'
import { duration } from '../kinds/duration'
import { formula } from '../kinds/formula'
import { get } from '../kinds/get'
import { noData } from '../kinds/noData'
import { share } from '../kinds/share'
import type { Metric } from '../metric'
import { plural } from '../plural'
import { newcombe } from '../statistics/newcombe'
import { journey, pastWindow, window } from './journey'

const lacksValue: NonNullable<Metric['lacks']> = ({ value_event }) =>
  value_event === null
    ? 'Set settings.value_event to the event or page that shows that a user got value, for example "project_created" or "/reports*".'
    : null

/** Input beside the setting `value_event`. */
const SEND = 'sign_up and the value event, with the same visitor_id or user_id'

const NEVER = { event: '' }

/** Activated sign-ups and all sign-ups, with and without a completed guide. */
const PARTS = ['completed_activated', 'completed', 'not_completed_activated', 'not_completed'] as const

const CHOSEN =
  'Users chose whether to complete a guide, and those who did may have been more motivated from the start. Only an experiment can prove an effect.'

/** The first days of users after they sign up. */
export const ONBOARDING = [
  journey({
    id: 'activation_rate',
    name: 'Activation rate',
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
    extendedBy: ({ value_event }, within) => guidedSignUps(value_event ?? NEVER, null, within),
    whole: 'sign-ups',
  }),
  duration({
    id: 'time_to_value',
    name: 'Time to value',
    help: 'Median time from sign-up to the value event, including sign-ups that have not reached it yet (survival estimate).',
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
  formula({
    id: 'guide_effect',
    name: 'Guide effect',
    help: 'The activation rate of sign-ups that completed a guide within the window, minus the rate of those that did not. Users choose whether to complete a guide, so a difference does not prove an effect.',
    formula: ({ guide, window }) => {
      const which = guide === null ? 'a guide' : `the guide "${guide}"`
      return `activated / sign-ups that completed ${which} within ${plural(window, 'day')} − activated / sign-ups that did not`
    },
    numerator: null,
    denominator: null,
    glossary: ['sign-up'],
    events: ['sign_up', 'guide_complete'],
    unit: 'ratio',
    better: 'up',
    needs: ['lasting_id', 'user_id'],
    send: `${SEND}, and guide_complete`,
    breakdown: 'start',
    intervalBy: 'newcombe',
    change: 'difference',
    parameters: [{ name: 'guide', help: 'The guide_id of one guide; any guide if absent.', default: null }, window(7)],
    lacks: lacksValue,
    of: (terms, { guide, window }) => {
      const within = inDays(window)
      const over = `person < 0 and began + ${within} <= ${terms.now}`
      const { value_event } = terms.settings
      return [
        {
          form: 'sums',
          relation: guidedSignUps(value_event ?? NEVER, guide === null ? null : String(guide), within),
          sums: {
            completed: `sum(${over} and guided)`,
            completed_activated: `sum(${over} and guided and met)`,
            not_completed: `sum(${over} and not guided)`,
            not_completed_activated: `sum(${over} and not guided and met)`,
            pending: `sum(person < 0 and not (${over}))`,
            lasting: 'sum(person < 0)',
            others: 'sum(person > 0)',
          },
        },
      ]
    },
    compute: sums => {
      const [a, n, b, m] = PARTS.map(name => get(sums, name)) as [number, number, number, number]
      const pending = get(sums, 'pending')
      const interval = newcombe(a, n, b, m)
      if (interval === null)
        return noData(pending, 'sign-ups both with and without a completed guide', `${SEND}, and guide_complete`)
      const parts = Object.fromEntries(PARTS.map(name => [name, get(sums, name)]))
      const value = a / n - b / m
      return { value, numerator: null, denominator: null, interval, status: 'ok', reason: CHOSEN, pending, parts }
    },
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
