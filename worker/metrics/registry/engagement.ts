import { ACTIVITY_AND_VIEWS } from '../compile/relations/activity'
import { VIEWS } from '../compile/relations/facts'
import { SESSIONS } from '../compile/relations/sessions'
import { engaged } from '../engaged'
import { mean } from '../kinds/mean'
import { meanOrMedian } from '../kinds/meanOrMedian'
import { meanSums } from '../kinds/meanSums'
import { median } from '../kinds/median'
import { per, perPersonRatio } from '../kinds/per'
import { share } from '../kinds/share'
import type { Metric, Terms } from '../metric'
import { most, total } from '../people'
import { visitorsWith } from '../visitorsWith'

const ALL = 'session_and_event'

const inSeconds = (milliseconds: number): number => milliseconds / 1000

const BOUNCED: Readonly<Record<string, (terms: Terms) => string>> = {
  single_interaction: () => 'views = 1 and actions = 0',
  single_page: () => 'views = 1',
  engaged: terms => `not ${engaged(terms)}`,
}

const sessionShare = (condition: string, whole = '1') => ({
  form: 'sums' as const,
  relation: SESSIONS,
  sums: {
    numerator: `sum((${whole}) and (${condition}))`,
    denominator: `sum(${whole})`,
    pending: `sum((${whole}) and open)`,
  },
})

/** How people use the pages. */
export const ENGAGEMENT: readonly Metric[] = [
  meanOrMedian({
    id: 'session_duration',
    name: 'Session duration',
    help: 'From the start of the first activity of a session to the end of its last.',
    formula: 'Σ session seconds / sessions',
    unit: 'seconds',
    better: 'up',
    breakdown: ALL,
    column: 'duration',
    whole: 'sessions',
    scale: inSeconds,
  }),
  mean({
    id: 'engaged_time',
    name: 'Engaged time',
    help: 'How long pages were visible, per session.',
    formula: 'visible seconds / sessions',
    unit: 'seconds',
    better: 'up',
    breakdown: ALL,
    of: () => meanSums(SESSIONS, 'seen', 'open'),
    whole: 'sessions',
    scale: inSeconds,
  }),
  per({
    id: 'pages_per_session',
    name: 'Pages per session',
    help: 'Page views in a session on average.',
    formula: 'pageviews / sessions',
    unit: 'per',
    better: 'up',
    breakdown: ALL,
    of: () => perPersonRatio(SESSIONS, total('views'), total('1')),
    whole: 'sessions',
  }),
  per({
    id: 'clicks_per_session',
    name: 'Clicks per session',
    help: 'Clicks on interactive elements in a session on average.',
    formula: 'clicks / sessions',
    unit: 'per',
    better: 'up',
    breakdown: ALL,
    of: () => perPersonRatio(SESSIONS, total('clicks'), total('1')),
    whole: 'sessions',
  }),
  per({
    id: 'actions_per_session',
    name: 'Actions per session',
    help: 'Interactive events other than page views in a session on average.',
    formula: 'interactive events other than page views / sessions',
    unit: 'per',
    better: 'up',
    events: ['search'],
    breakdown: ALL,
    of: () => perPersonRatio(SESSIONS, total('actions'), total('1')),
    whole: 'sessions',
  }),
  share({
    id: 'bounce_rate',
    name: 'Bounce rate',
    help: 'The share of sessions that were left again without doing anything else.',
    formula: 'bounced sessions / sessions',
    unit: 'ratio',
    better: 'down',
    breakdown: ALL,
    parameters: [
      {
        name: 'rule',
        help: 'What bounces: one page view and no other interaction; one page view; or neither 10 visible seconds, nor two pages, nor a conversion.',
        values: Object.keys(BOUNCED),
        default: 'single_interaction',
      },
    ],
    of: (terms, { rule }) => sessionShare((BOUNCED[String(rule)] as (terms: Terms) => string)(terms)),
    whole: 'sessions',
  }),
  share({
    id: 'engagement_rate',
    name: 'Engagement rate',
    help: 'The share of sessions with 10 visible seconds, two page views or a conversion.',
    formula: '1 − bounce_rate with rule=engaged',
    unit: 'ratio',
    better: 'up',
    breakdown: ALL,
    settings: ['conversions'],
    of: terms => sessionShare(engaged(terms)),
    whole: 'sessions',
  }),
  mean({
    id: 'scroll_depth',
    name: 'Scroll depth',
    help: 'The deepest share of a page that was seen, on average over page views.',
    formula: 'Σ deepest share seen / pageviews',
    unit: 'ratio',
    better: 'up',
    breakdown: ALL,
    of: () => meanSums(VIEWS, 'depth'),
    whole: 'page views',
    scale: percent => percent / 100,
  }),
  share({
    id: 'content_download_rate',
    name: 'Content downloads',
    help: 'The share of visitors who downloaded a file.',
    formula: 'visitors with a file_download / visitors',
    unit: 'ratio',
    better: 'up',
    breakdown: ALL,
    of: terms => visitorsWith(terms, { event: 'file_download' }),
    whole: 'visitors',
  }),
  per({
    id: 'content_pages_per_visitor',
    name: 'Pages per visitor',
    help: 'Page views of a visitor on average.',
    formula: 'pageviews / visitors',
    unit: 'per',
    better: 'up',
    breakdown: ALL,
    of: () => perPersonRatio(ACTIVITY_AND_VIEWS, total('coalesce(name = 0, 0)'), most('active')),
    whole: 'visitors',
  }),
  median({
    id: 'content_reading_time',
    name: 'Reading time',
    help: 'How long the middle one of all page views was visible.',
    formula: 'median visible seconds of a page view',
    unit: 'seconds',
    better: 'up',
    breakdown: ALL,
    of: { relation: VIEWS, column: 'seen', open: '0' },
    whole: 'page views',
    scale: inSeconds,
  }),
]
