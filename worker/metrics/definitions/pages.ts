import { VIEWS } from '../../relations/facts'
import { SESSIONS_WITH_FACTS } from '../../relations/sessions'
import { countOfDays } from '../dayMeasure'
import { count } from '../kinds/count'
import { mean } from '../kinds/mean'
import { meanSums } from '../kinds/meanSums'
import { paths } from '../kinds/paths'
import { share } from '../kinds/share'
import type { Arguments, SumsMeasure } from '../metric'
import { plural } from '../plural'

const sessionsThat = (did: 'entered' | 'exited'): SumsMeasure => ({
  form: 'sums',
  relation: SESSIONS_WITH_FACTS,
  sums: { count: `sum(${did})`, pending: `sum(${did} and open)` },
})

/** The sessions whose paths are shown. */
const beginning = ({ page, event }: Arguments): string =>
  `sessions with ${event === null ? `a view of ${page ?? 'a page'}` : `the event "${event}"`}`

/** Entry and exit pages, time on page, and paths. */
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
    ofDays: () => countOfDays('sessions', { page: 'entry_page' }),
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
    ofDays: () => countOfDays('sessions', { page: 'exit_page' }),
    of: () => sessionsThat('exited'),
  }),
  share({
    id: 'exit_rate',
    name: 'Exit rate',
    help: 'The share of sessions with a view of the page whose last page view was on that page. For all pages together, the rate is 100 %.',
    numerator: 'sessions that ended on the page',
    denominator: 'sessions that viewed the page',
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
    help: 'Average time that a page was visible, per page view.',
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
    help: 'Sessions that viewed a page or triggered an event, with the pages or events that came before or after the first time.',
    formula: args =>
      `${beginning(args)}, and the ${args.show} in each of the ${plural(args.steps, 'step')} ${args.direction} it`,
    numerator: beginning,
    glossary: ['session', 'page view', 'event'],
    events: [],
    unit: 'count',
    better: 'up',
    breakdown: 'session',
    parameters: [
      { name: 'page', help: 'The page where the paths begin, such as /pricing.', default: null },
      {
        name: 'event',
        names: 'event',
        help: 'The event where the paths begin, instead of a page.',
        default: null,
      },
      {
        name: 'direction',
        help: 'Whether the steps come after the beginning or before it.',
        values: ['after', 'before'],
        default: 'after',
      },
      { name: 'show', help: 'Whether the steps are pages or events.', values: ['pages', 'events'], default: 'pages' },
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
