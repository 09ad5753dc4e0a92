import { begun, happened, type Metric, median, ratio, shareOfSessions, visitorsOf } from '../scope.ts'
import { shareOfVisitors } from './conversion.ts'
import { actionsOf, bounced, perSession, secondsOf, seen, seenIn, viewsOf } from './sessions.ts'

export const ENGAGEMENT = {
  session_duration: scope =>
    scope.parameters.statistic === 'median'
      ? { value: median(begun(scope).map(secondsOf)) }
      : perSession(secondsOf)(scope),
  engaged_time: perSession(seenIn),
  pages_per_session: perSession(viewsOf),
  clicks_per_session: perSession(() => 0),
  actions_per_session: perSession(actionsOf),
  bounce_rate: scope =>
    shareOfSessions(scope, begun(scope), session => bounced(session, scope.world, scope.parameters.rule)),
  engagement_rate: scope => shareOfSessions(scope, begun(scope), session => !bounced(session, scope.world, 'engaged')),
  // How far pages were scrolled is told by beacons alone.
  scroll_depth: scope => ratio(0, happened(scope).filter(({ isView }) => isView).length),
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
