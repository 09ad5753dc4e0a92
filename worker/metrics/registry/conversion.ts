import { ACTIVITY_AND_EVENTS } from '../compile/relations/activity'
import { SESSIONS } from '../compile/relations/sessions'
import { share } from '../kinds'
import type { Metric } from '../metric'

/** How many of those who came did what the site is for. */
export const CONVERSION: readonly Metric[] = [
  share({
    id: 'conversion_rate',
    name: 'Conversion rate',
    help: 'The share of visitors, or of sessions, with a conversion.',
    formula: 'converting visitors / visitors',
    unit: 'ratio',
    better: 'up',
    breakdown: 'session_and_event',
    parameters: [
      { name: 'scope', help: 'Of visitors or of sessions.', values: ['visitor', 'session'], default: 'visitor' },
      {
        name: 'event',
        names: 'event',
        help: 'The name of one event, in place of the conversions of the site.',
        default: null,
      },
    ],
    of: (terms, { scope, event }) => {
      const name = event === null || event === undefined ? null : String(event)
      if (scope === 'session') {
        const converts = name === null ? terms.sessionMeets(...terms.conversions) : terms.sessionMeets({ event: name })
        return {
          form: 'sums',
          relation: SESSIONS,
          sums: { numerator: `sum(${converts})`, denominator: 'sum(1)', pending: 'sum(open)' },
        }
      }
      return {
        form: 'sums',
        relation: ACTIVITY_AND_EVENTS,
        perPerson: {
          active: 'max(active)',
          converted: `max(${name === null ? terms.factMeets(...terms.conversions) : terms.factMeets({ event: name })})`,
          open: 'max(open)',
        },
        sums: { numerator: 'sum(active and converted)', denominator: 'sum(active)', pending: 'sum(active and open)' },
      }
    },
    whole: 'visitors',
  }),
]
