import { begun, happened, type Metric, median, NEEDS_INPUT, ratio, shareOfSessions, sum, visitorsOf } from '../scope.ts'
import { shareOfVisitors } from './conversion.ts'
import { actionsOf, bounced, clicksOf, perSession, secondsOf, seen, seenIn, viewsOf } from './sessions.ts'

/** A session without a page view that reports its clicks counts nowhere. */
const clicksPerSession: Metric = scope => {
  const sessions = begun(scope)
  const reporting = sessions.map(({ facts }) => clicksOf(facts)).filter(clicks => clicks.length > 0)
  return sessions.length > 0 && reporting.length === 0 ? NEEDS_INPUT : ratio(sum(reporting.flat()), reporting.length)
}

const scrollDepth: Metric = scope => {
  const views = happened(scope).filter(({ isView }) => isView)
  const depths = views.flatMap(({ event: { scroll_depth } }) => scroll_depth ?? [])
  if (views.length > 0 && depths.length === 0) return NEEDS_INPUT
  return ratio(sum(depths.map(Math.round)) / 100, depths.length)
}

export const ENGAGEMENT = {
  session_duration: scope =>
    scope.parameters.statistic === 'median'
      ? { value: median(begun(scope).map(secondsOf)) }
      : perSession(secondsOf)(scope),
  engaged_time: perSession(seenIn),
  pages_per_session: perSession(viewsOf),
  clicks_per_session: clicksPerSession,
  actions_per_session: perSession(actionsOf),
  bounce_rate: scope =>
    shareOfSessions(scope, begun(scope), session => bounced(session, scope.world, scope.parameters.rule)),
  engagement_rate: scope => shareOfSessions(scope, begun(scope), session => !bounced(session, scope.world, 'engaged')),
  scroll_depth: scrollDepth,
  content_download_rate: shareOfVisitors('file_download'),
  content_pages_per_visitor: scope =>
    ratio(happened(scope).filter(({ isView }) => isView).length, visitorsOf(scope).size),
  content_reading_time: scope => ({
    value: median(
      happened(scope)
        .filter(({ isView }) => isView)
        .map(seen),
    ),
  }),
} as const satisfies Record<string, Metric>
