import type { DayCounts } from './daySets.ts'

/**
 * Numbers of which neither bounces nor engaged sessions are more than the sessions. Tools have more where sessions go on past
 * midnight.
 */
export const withinSessions = (counts: DayCounts): DayCounts => {
  const { sessions, bounces, engaged_sessions: engaged } = counts
  if (sessions === undefined) return counts
  return {
    ...counts,
    ...(bounces !== undefined && { bounces: Math.min(bounces, sessions) }),
    ...(engaged !== undefined && { engaged_sessions: Math.min(engaged, sessions) }),
  }
}
