import { VIEWS } from '../../relations/facts'
import { SESSIONS_WITH_FACTS } from '../../relations/sessions'
import { count } from '../kinds/count'
import { mean } from '../kinds/mean'
import { meanSums } from '../kinds/meanSums'
import { paths } from '../kinds/paths'
import { share } from '../kinds/share'
import type { SumsMeasure } from '../metric'

const sessionsThat = (did: 'entered' | 'exited'): SumsMeasure => ({
  form: 'sums',
  relation: SESSIONS_WITH_FACTS,
  sums: { count: `sum(${did})`, pending: `sum(${did} and open)` },
})

/** Where sessions begin and end, and how long pages are seen. */
export const PAGES = [
  count({
    id: 'entries',
    name: 'Entries',
    help: 'Sessions whose first page view was on the page.',
    numerator: 'sessions that began on the page',
    glossary: ['session', 'page view'],
    events: [],
    unit: 'count',
    better: 'up',
    breakdown: 'page',
    of: () => sessionsThat('entered'),
  }),
  count({
    id: 'exits',
    name: 'Exits',
    help: 'Sessions whose last page view was on the page.',
    numerator: 'sessions that ended on the page',
    glossary: ['session', 'page view'],
    events: [],
    unit: 'count',
    better: 'down',
    breakdown: 'page',
    of: () => sessionsThat('exited'),
  }),
  share({
    id: 'exit_rate',
    name: 'Exit rate',
    help: 'The share of sessions with a view of the page whose last page view was there. It is 100 % for all pages together.',
    numerator: 'sessions that ended on the page',
    denominator: 'sessions that saw the page',
    glossary: ['session', 'page view'],
    events: [],
    unit: 'ratio',
    better: 'down',
    breakdown: 'page',
    of: () => ({
      form: 'sums',
      relation: SESSIONS_WITH_FACTS,
      sums: { numerator: 'sum(exited)', denominator: 'sum(saw)', pending: 'sum(saw and open)' },
    }),
    whole: 'sessions with a page view',
  }),
  mean({
    id: 'time_on_page',
    name: 'Time on page',
    help: 'How long a page view was visible, on average.',
    numerator: 'visible seconds',
    denominator: 'page views',
    glossary: ['page view'],
    events: [],
    unit: 'seconds',
    better: 'up',
    breakdown: 'session_and_event',
    of: () => meanSums(VIEWS, 'seen'),
    whole: 'page views',
    scale: milliseconds => milliseconds / 1000,
  }),
  paths({
    id: 'paths',
    name: 'Paths',
    help: 'Sessions with a view of a page or an event, and beside it the pages or events before or after the first of them.',
    numerator: ({ page, event }) =>
      `sessions with ${event === null ? `a view of ${page ?? 'a page'}` : `the event "${event}"`}`,
    glossary: ['session', 'page view', 'event'],
    events: [],
    unit: 'count',
    better: 'up',
    breakdown: 'session',
    parameters: [
      { name: 'page', help: 'The path of the page where it begins.', default: null },
      {
        name: 'event',
        names: 'event',
        help: 'The name of the event where it begins, instead of a page.',
        default: null,
      },
      { name: 'direction', help: 'What comes after it, or before.', values: ['after', 'before'], default: 'after' },
      { name: 'show', help: 'The steps are pages, or events.', values: ['pages', 'events'], default: 'pages' },
      { name: 'steps', help: 'The number of steps.', from: 1, to: 10, default: 3 },
    ],
    path: ({ page, event, direction, show, steps }) => ({
      from: event !== null ? { event: String(event) } : page !== null ? { page: String(page) } : null,
      direction: direction === 'before' ? 'before' : 'after',
      show: show === 'events' ? 'events' : 'pages',
      steps: Number(steps),
    }),
  }),
] as const
