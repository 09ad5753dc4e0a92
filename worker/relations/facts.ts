import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import { isOnlyConfirmed } from './sql/confirmed'
import { needsSession, shape, where } from './sql/shape'
import { type FactKind, facts, joinSession } from './sql/tables'
import { viewsOfSessions } from './sql/viewsOfSessions'

interface FactRows {
  readonly columns: string
  /** Condition on the events `e` to read. */
  readonly only?: string
  /** A table to read instead of the facts of the period, with their columns. */
  readonly from?: string
  readonly conditions?: readonly string[]
  /** Further columns of the page views `v`. */
  readonly ofViews?: string
  /** Whether to join every fact with its session. */
  readonly session?: boolean
}

/** Page views and events `f` of the period, in the groups of the query. */
export const factRows = (b: Builder, kind: FactKind, rows: FactRows): string => {
  const { joins, conditions, columns: groups } = shape(b, ['session', 'event'])
  const hasSession = rows.session || needsSession(b)
  // Only without identity links do page views have the visitor ids of their sessions.
  const isBySession = hasSession && kind === 'views' && rows.from === undefined && !b.scope.hasIdentities
  const tables = isBySession
    ? [viewsOfSessions(b, joins.session, rows.ofViews), ...joins.event]
    : [
        `${rows.from ?? facts(b, kind, rows.only, hasSession, rows.ofViews)} f`,
        // Before the sessions, so that a filter of events leaves few sessions to look up.
        ...joins.event,
        ...(hasSession ? [joinSession(b), ...joins.session] : []),
      ]
  return `select ${b.bucketOfTime('f.time')} as bucket${groups}, f.person, ${rows.columns}
from ${[...tables, ...joins.repeat].join('\n')}${where([...conditions, ...(rows.conditions ?? [])])}`
}

export const VIEWS: Relation = {
  key: 'views',
  rolls: 'hour',
  rows: b => factRows(b, 'views', { columns: 'f.seen, f.depth, f.clicks' }),
}

/** Page views with the vitals that they report. */
export const VITALS: Relation = {
  key: 'vitals',
  rows: b =>
    factRows(b, 'views', {
      columns: 'f.lcp, f.inp, f.cls',
      ofViews: ', nullif(v.lcp, -1) as lcp, nullif(v.inp, -1) as inp, nullif(v.cls, -1) as cls',
    }),
}

/** Events, except purchases that the site's settings leave out. */
export const EVENTS: Relation = {
  key: 'events',
  rolls: 'hour',
  rows: b =>
    factRows(b, 'events', {
      columns: 'f.name, f.page, f.properties',
      conditions: isOnlyConfirmed(b, 'all') ? ['f.name >= 0'] : [],
    }),
}

/** Page views and events, for rules that either can meet. */
export const FACTS: Relation = {
  key: 'facts',
  rolls: 'hour',
  rows: b => factRows(b, 'both', { columns: 'f.name, f.page, f.properties' }),
}
