import type { HourSpan } from '../sessions/staleHours'
import { type Database, statement } from '../storage/database'
import rollupsSelect from '../storage/sql/rollups.select.sql'
import settlementsSelect from '../storage/sql/settlements.select.sql'
import sitesSelectKept from '../storage/sql/sites.select_kept.sql'
import touchedSelect from '../storage/sql/touched.select.sql'
import type { RetainedEvents } from './coverage'

/** Hours to roll up again, from what is settled as of a version or later. */
export interface StaleSpan {
  readonly hours: HourSpan
  readonly version: number
}

/** How far a site is rolled up, and by which rules. */
export interface RolledUp {
  /** Epoch milliseconds. */
  readonly until: number
  readonly zone: string
  readonly rules: string
  /** The local day before which rollups may lack measures; 0 if none does. */
  readonly missingBefore: number
}

export interface RollupState {
  /** `settlements.version`. */
  readonly version: number
  /** The watermark, epoch milliseconds. */
  readonly settled: number
  /** The first hour of any session that is still open. */
  readonly firstOpenHour: number
  /** `null` when nothing was ever rolled up. */
  readonly rolledUp: RolledUp | null
  readonly stale: readonly StaleSpan[]
  readonly retained: RetainedEvents
}

const rolledUpOf = (row: Record<string, unknown>): RolledUp => ({
  until: Number(row.until),
  zone: String(row.zone),
  rules: String(row.rules),
  missingBefore: Number(row.missing_before),
})

export const readRollupState = async (db: Database, site: number): Promise<RollupState> => {
  const [settlements, rollups, stale, retained] = await db.batch<Record<string, unknown>>(
    [settlementsSelect, rollupsSelect, touchedSelect, sitesSelectKept].map(sql => statement(sql, site)),
  )
  const settlement = settlements?.rows[0]
  const rollup = rollups?.rows[0]
  const open: HourSpan[] = JSON.parse(String(settlement?.open ?? '[]'))
  return {
    version: Number(settlement?.version ?? 0),
    settled: Number(settlement?.settled ?? 0),
    firstOpenHour: open.reduce((first, [, hour]) => Math.min(first, hour), Number.MAX_SAFE_INTEGER),
    rolledUp: rollup ? rolledUpOf(rollup) : null,
    stale: (stale?.rows ?? []).map(row => ({
      hours: [Number(row.first_hour), Number(row.last_hour)],
      version: Number(row.version),
    })),
    retained: { from: Number(retained?.rows[0]?.kept_from ?? 0), day: Number(retained?.rows[0]?.kept_day ?? 0) },
  }
}
