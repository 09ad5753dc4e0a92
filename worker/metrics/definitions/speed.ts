import { VITALS } from '../../relations/facts'
import { percentile75 } from '../kinds/percentile75'

const inSeconds = (milliseconds: number): number => milliseconds / 1000

/** How fast pages are, by the Core Web Vitals: https://web.dev/articles/vitals. */
export const SPEED = [
  percentile75({
    id: 'lcp',
    name: 'Largest Contentful Paint',
    help: 'Time until the largest text or image on the page was painted. 75% of page views were at least this fast.',
    formula: '75th percentile of the seconds until the largest paint of a page view',
    denominator: 'page views that report it',
    glossary: ['page view'],
    events: [],
    unit: 'seconds',
    better: 'down',
    breakdown: 'session_and_event',
    of: { relation: VITALS, column: 'lcp', open: '0' },
    whole: 'page views with a Largest Contentful Paint',
    module: 'vitals',
    scale: inSeconds,
  }),
  percentile75({
    id: 'inp',
    name: 'Interaction to Next Paint',
    help: 'Time from a click, tap or key press until the page responded. 75% of page views were at least this fast.',
    formula: '75th percentile of the seconds of the slowest interaction of a page view',
    denominator: 'page views that report it',
    glossary: ['page view'],
    events: [],
    unit: 'seconds',
    better: 'down',
    breakdown: 'session_and_event',
    of: { relation: VITALS, column: 'inp', open: '0' },
    whole: 'page views with an Interaction to Next Paint',
    module: 'vitals',
    scale: inSeconds,
  }),
  percentile75({
    id: 'cls',
    name: 'Cumulative Layout Shift',
    help: 'How much the page layout shifted unexpectedly. 75% of page views shifted at most this much.',
    formula: '75th percentile of the layout shift score of a page view',
    denominator: 'page views that report it',
    glossary: ['page view'],
    events: [],
    unit: 'score',
    better: 'down',
    breakdown: 'session_and_event',
    of: { relation: VITALS, column: 'cls', open: '0' },
    whole: 'page views with a Cumulative Layout Shift',
    module: 'vitals',
    scale: tenThousandths => tenThousandths / 10_000,
  }),
] as const
