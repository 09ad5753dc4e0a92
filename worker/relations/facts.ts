import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import { isOnlyConfirmed } from './sql/confirmed'
import { needsSession, shape, where } from './sql/shape'
import { type FactKind, facts, IN_SESSION } from './sql/tables'

interface FactRows {
  readonly columns: string
  /** Condition on the events `e` that are read at all. */
  readonly only?: string
  /** Instead of the facts of the period: a table with their columns. */
  readonly from?: string
  readonly conditions?: readonly string[]
  /** Whether every fact needs its session. */
  readonly session?: boolean
}

/** Facts `f` of the period, in the groups of the question. */
export const factRows = (b: Builder, kind: FactKind, rows: FactRows): string => {
  const { joins, conditions, columns: groups } = shape(b, ['session', 'event'])
  const hasSession = rows.session || needsSession(b)
  return `select ${b.bucketOfTime('f.time')} as bucket${groups}, f.person, ${rows.columns}
from ${rows.from ?? facts(b, kind, rows.only, hasSession)} f
${hasSession ? IN_SESSION(b) : ''}
${joins}${where([...conditions, ...(rows.conditions ?? [])])}`
}

export const VIEWS: Relation = {
  key: 'views',
  rolls: 'hour',
  rows: b => factRows(b, 'views', { columns: 'f.seen, f.depth, f.clicks' }),
}

/** Everything but page views, and but money that is left out. */
export const EVENTS: Relation = {
  key: 'events',
  rolls: 'hour',
  rows: b =>
    factRows(b, 'events', {
      columns: 'f.name, f.page, f.properties',
      conditions: isOnlyConfirmed(b, 'all') ? ['f.name >= 0'] : [],
    }),
}

/** Page views and events, for what either can meet. */
export const FACTS: Relation = {
  key: 'facts',
  rolls: 'hour',
  rows: b => factRows(b, 'both', { columns: 'f.name, f.page, f.properties' }),
}
