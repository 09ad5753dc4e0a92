import { dayOf } from '../lib/calendar'
import { begin } from '../query/compile/statement'
import type { ResultRow } from '../query/execute/cell'
import type { Moment } from '../query/plan/readMoment'
import { int } from '../relations/sql/int'
import type { Scope } from '../relations/sql/scope'
import { REACH, sessions, sessionsBetween } from '../relations/sql/tables'
import { type Database, firstRow, type SqlStatement } from '../storage/database'
import settlementsSelectVersion from '../storage/sql/settlements.select_version.sql'
import type { ExportTable } from './exportTable'

/** A part of an export's time that is read at once. */
export interface Window {
  readonly from: number
  readonly to: number
  /** More rows than this are not read; `null` for no limit. */
  readonly most: number | null
  /** Whether nothing was read before it, so that sessions that reach into it are missing. */
  readonly isFirst: boolean
}

export interface WindowRows {
  readonly rows: readonly ResultRow[]
  /** Sessions to add to those that can hold the rows. */
  readonly sessions: readonly ResultRow[]
}

/** A site at the moment of an export, with the stored ids of the custom events that its settings name. */
export interface ExportMoment extends Moment {
  readonly customEvents: Scope['customEvents']
}

const scopeOf = ({ site, now, state, removed, added, customEvents }: ExportMoment, { from, to }: Window): Scope => ({
  site: site.id,
  zone: site.timezone,
  now,
  range: { from, to, firstDay: dayOf(from, site.timezone), lastDay: dayOf(to - 1, site.timezone) },
  granularity: null,
  dimensions: [],
  filters: [],
  removed,
  added,
  hasIdentities: state.hasIdentities,
  customEvents,
  formerEvents: state.formerEvents,
  currencies: new Map(),
  settings: site.settings,
  users: new Map(),
  ends: [],
})

/** Of sessions that began before the window, only those that reach into it are asked for. */
const coveringStatement = (scope: Scope, { from, to, isFirst }: Window): SqlStatement => {
  const b = begin(scope)
  const rows = sessionsBetween(
    b,
    isFirst ? from - REACH : from,
    to,
  )(['next', 'duration', 'cut', 'source', 'place', 'device'])
  return b.statement(`select * from (
${rows}
)
where begin + coalesce(cut, duration + 1800000) >= ${int(from)}`)
}

/** When the last event is over that a session of the window can hold. */
const heldTo = async (db: Database, scope: Scope): Promise<number> => {
  const b = begin(scope)
  const from = sessions(b)
  b.needs('duration', 'cut')
  const { sql, values } = b.statement(`select max(begin + coalesce(cut, duration + 1800000)) as held_to from ${from}`)
  const row = await firstRow<{ held_to: number | null }>(db, sql, ...values)
  return Math.max(scope.range.to, (row?.held_to ?? 0) + 1)
}

const rowsStatement = async (
  db: Database,
  table: ExportTable,
  scope: Scope,
  { most }: Window,
): Promise<SqlStatement> => {
  const build = (own: Scope) => {
    const b = begin(own)
    const rows = table.rows(b)
    const limit = most === null ? '' : `\nlimit ${int(most + 1)}`
    return { b, statement: b.statement(`select * from (\n${rows}\n)\norder by time, person, id${limit}`) }
  }
  const { b, statement } = build(scope)
  return b.uses('holders_1') ? build({ ...scope, heldTo: await heldTo(db, scope) }).statement : statement
}

/**
 * Reads the rows of a window and the sessions that can hold them, at one moment.
 * @returns `null` when sessions were settled since the moment was read
 */
export const readWindow = async (
  db: Database,
  table: ExportTable,
  moment: ExportMoment,
  window: Window,
): Promise<WindowRows | null> => {
  const scope = scopeOf(moment, window)
  const [version, rows, covering] = await db.batch<Record<string, unknown>>([
    { sql: settlementsSelectVersion, values: [moment.site.id] },
    await rowsStatement(db, table, scope, window),
    ...(table.isOfSessions ? [coveringStatement(scope, window)] : []),
  ])
  if (Number(version?.rows[0]?.version ?? 0) !== moment.state.version) return null
  return { rows: rows?.rows ?? [], sessions: covering?.rows ?? [] }
}
