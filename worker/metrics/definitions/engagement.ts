import type { DayNumber } from '../../../shared/imports'
import { ACTIVITY_AND_VIEWS } from '../../relations/activity'
import { VIEWS } from '../../relations/facts'
import { SESSIONS } from '../../relations/sessions'
import type { SessionCondition, Terms } from '../../relations/terms'
import type { DayMeasure } from '../dayMeasure'
import { mean } from '../kinds/mean'
import { meanOrMedian } from '../kinds/meanOrMedian'
import { meanSums } from '../kinds/meanSums'
import { median } from '../kinds/median'
import { per, perPersonRatio } from '../kinds/per'
import { CLICKS_REPORTED } from '../kinds/reported'
import { share } from '../kinds/share'
import type { Arguments, SumsMeasure } from '../metric'
import { most, total } from '../people'
import { BOUNCED } from './bounced'
import { engaged } from './engaged'
import { visitorsWith } from './visitorsWith'

const ALL = 'session_and_event'

const inSeconds = (milliseconds: number): number => milliseconds / 1000

const bouncedBy = ({ rule }: Arguments) => BOUNCED[String(rule)] as (typeof BOUNCED)[string]

const sessionShare = (terms: Terms, { columns, sql }: SessionCondition): SumsMeasure => ({
  form: 'sums',
  relation: SESSIONS,
  columns,
  sums: { numerator: `sum((1) and (${sql(terms)}))`, denominator: 'sum(1)', pending: 'sum((1) and open)' },
})

/**
 * Counts only sessions in which a page view reports its clicks. `silent` takes people without such a session out of the
 * clusters: it is −1 for each of them, the maximum over their rows, and missing in rollups of earlier releases.
 */
const CLICKS_PER_SESSION = ((): SumsMeasure => {
  const { perPerson, sums, ...ratio } = perPersonRatio(SESSIONS, total('clicks'), total('clicks is not null'))
  return {
    ...ratio,
    columns: ['clicks'],
    perPerson: { ...perPerson, silent: most('-(clicks is null)') },
    sums: { ...sums, silent: ['silent'] },
  }
})()

/** A share of the sessions of imported days. */
const shareOfDays = (number: DayNumber, isRest = false): DayMeasure => ({
  numbers: ['sessions', number],
  sums: day => ({ numerator: isRest ? day.sessions - day[number] : day[number], denominator: day.sessions }),
})

/** How many bounced of imported days, by the rule. */
const BOUNCED_OF_DAYS: Readonly<Record<string, DayMeasure>> = {
  single_interaction: shareOfDays('bounces'),
  engaged: shareOfDays('engaged_sessions', true),
}

/** Imported days say how many page views there were for each other thing, and not how these differ. */
const viewsPer = (number: DayNumber): DayMeasure => ({
  numbers: ['pageviews', number],
  sums: day => ({ x: day.pageviews, y: day[number], unspread: day[number] }),
})

const DURATION_OF_DAYS: DayMeasure = {
  numbers: ['sessions', 'duration'],
  sums: ({ sessions, duration }) => ({ n: sessions, x: duration * 1000, unspread: sessions }),
}

/** How visitors use the pages. */
export const ENGAGEMENT = [
  meanOrMedian({
    id: 'session_duration',
    name: 'Session duration',
    help: 'Average time from first to last activity in a session.',
    formula: ({ statistic }) => (statistic === 'median' ? 'median session seconds' : null),
    numerator: ({ statistic }) => (statistic === 'median' ? null : 'Σ session seconds'),
    denominator: 'sessions',
    glossary: ['session'],
    events: [],
    unit: 'seconds',
    better: 'up',
    breakdown: ALL,
    ofDays: ({ statistic }) => (statistic === 'mean' ? DURATION_OF_DAYS : null),
    column: 'duration',
    whole: 'sessions',
    scale: inSeconds,
  }),
  mean({
    id: 'engaged_time',
    name: 'Engagement time per session',
    help: 'Average time that pages were visible per session.',
    numerator: 'visible seconds',
    denominator: 'sessions',
    glossary: ['session'],
    events: [],
    unit: 'seconds',
    better: 'up',
    breakdown: ALL,
    of: () => ({ ...meanSums(SESSIONS, 'seen', 'open'), columns: ['seen'] }),
    whole: 'sessions',
    scale: inSeconds,
  }),
  per({
    id: 'pages_per_session',
    name: 'Pages per session',
    help: 'Page views per session, on average.',
    numerator: 'page views',
    denominator: 'sessions',
    glossary: ['session', 'page view'],
    events: [],
    unit: 'per',
    better: 'up',
    breakdown: ALL,
    ofDays: () => viewsPer('sessions'),
    of: () => ({ ...perPersonRatio(SESSIONS, total('views'), total('1')), columns: ['views'] }),
    whole: 'sessions',
  }),
  per({
    id: 'clicks_per_session',
    name: 'Clicks per session',
    help: 'Clicks on interactive elements per session, on average.',
    numerator: 'clicks',
    denominator: 'sessions that report clicks',
    glossary: ['session'],
    events: [],
    unit: 'per',
    better: 'up',
    breakdown: ALL,
    of: () => CLICKS_PER_SESSION,
    whole: 'sessions',
    reported: CLICKS_REPORTED,
  }),
  per({
    id: 'actions_per_session',
    name: 'Actions per session',
    help: 'Interactive events other than page views per session, on average.',
    numerator: 'interactive events other than page views',
    denominator: 'sessions',
    glossary: ['session', 'page view', 'event'],
    events: ['search'],
    unit: 'per',
    better: 'up',
    breakdown: ALL,
    of: () => ({ ...perPersonRatio(SESSIONS, total('actions'), total('1')), columns: ['actions'] }),
    whole: 'sessions',
  }),
  share({
    id: 'bounce_rate',
    name: 'Bounce rate',
    help: 'The share of sessions with a single page view and no interaction.',
    numerator: args => bouncedBy(args).words,
    denominator: 'sessions',
    glossary: ({ rule }) => ['session', rule === 'engaged' ? 'engaged' : 'page view'],
    events: [],
    unit: 'ratio',
    better: 'down',
    breakdown: ALL,
    parameters: [
      {
        name: 'rule',
        help: 'The sessions that count as bounces: with one page view and no other interaction; with one page view; or with neither 10 visible seconds, nor two page views, nor a conversion.',
        values: Object.keys(BOUNCED),
        default: 'single_interaction',
      },
    ],
    ofDays: ({ rule }) => BOUNCED_OF_DAYS[String(rule)] ?? null,
    of: (terms, args) => sessionShare(terms, bouncedBy(args)),
    whole: 'sessions',
  }),
  share({
    id: 'engagement_rate',
    name: 'Engagement rate',
    help: 'The share of sessions with 10 visible seconds, two page views or a conversion.',
    formula: '1 − bounce_rate with rule=engaged',
    numerator: 'engaged sessions',
    denominator: 'sessions',
    glossary: ['session', 'engaged'],
    events: [],
    unit: 'ratio',
    better: 'up',
    breakdown: ALL,
    settings: ['conversions', 'purchases'],
    ofDays: () => shareOfDays('engaged_sessions'),
    of: terms => sessionShare(terms, engaged),
    whole: 'sessions',
  }),
  mean({
    id: 'scroll_depth',
    name: 'Scroll depth',
    help: 'Average maximum scroll depth per page view.',
    numerator: 'Σ maximum scroll depth',
    denominator: 'page views that report a scroll depth',
    glossary: ['page view'],
    events: [],
    unit: 'ratio',
    better: 'up',
    breakdown: ALL,
    of: () => {
      const { sums, ...measure } = meanSums(VIEWS, 'depth')
      return { ...measure, sums: { ...sums, unknown: 'sum(depth is null)' } }
    },
    whole: 'page views',
    reported: { what: 'a scroll depth', field: 'scroll_depth' },
    scale: percent => percent / 100,
  }),
  share({
    id: 'content_download_rate',
    name: 'Content downloads',
    help: 'The share of visitors who downloaded a file.',
    numerator: 'visitors with a file_download',
    denominator: 'visitors',
    glossary: ['visitor'],
    events: ['file_download'],
    unit: 'ratio',
    better: 'up',
    breakdown: ALL,
    of: terms => visitorsWith(terms, { event: 'file_download' }),
    whole: 'visitors',
  }),
  per({
    id: 'content_pages_per_visitor',
    name: 'Pages per visitor',
    help: 'Page views per visitor, on average.',
    numerator: 'page views',
    denominator: 'visitors',
    glossary: ['visitor', 'page view'],
    events: [],
    unit: 'per',
    better: 'up',
    breakdown: ALL,
    ofDays: () => viewsPer('visitors'),
    of: () => perPersonRatio(ACTIVITY_AND_VIEWS, total('coalesce(name = 0, 0)'), most('active')),
    whole: 'visitors',
  }),
  median({
    id: 'content_reading_time',
    name: 'Median time on page',
    help: 'Median time that a page view was visible.',
    formula: 'median visible seconds of a page view',
    denominator: 'page views',
    glossary: ['page view'],
    events: [],
    unit: 'seconds',
    better: 'up',
    breakdown: ALL,
    of: { relation: VIEWS, column: 'seen', open: '0' },
    whole: 'page views',
    scale: inSeconds,
  }),
] as const
