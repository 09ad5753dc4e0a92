import type { HourSpan } from '../sessions/staleHours'
import { type Database, statement } from '../storage/database'
import rollupsSelect from '../storage/sql/rollups.select.sql'
import settlementsSelect from '../storage/sql/settlements.select.sql'
import sitesSelectKept from '../storage/sql/sites.select_kept.sql'
import touchedSelect from '../storage/sql/touched.select.sql'
import type { RetainedEvents } from './coverage'

/** Hours that have to be rolled up again, from what is settled as of a version. */
export interface StaleSpan {
  readonly hours: HourSpan
  readonly version: number
}

/** How far a site is rolled up. */
export interface Rolled {
  /** Epoch milliseconds. */
  readonly until: number
  readonly zone: string
  readonly rules: string
}

export interface RollupState {
  /** Of what is settled. */
  readonly version: number
  readonly settled: number
  /** The first hour that a session that is still open has something in. */
  readonly firstOpenHour: number
  /** `null` when nothing was ever rolled up. */
  readonly rolled: Rolled | null
  readonly touched: readonly StaleSpan[]
  readonly kept: RetainedEvents
}

export const readRollupState = async (db: Database, site: number): Promise<RollupState> => {
  const [settlements, rollups, touched, kept] = await db.batch<Record<string, unknown>>(
    [settlementsSelect, rollupsSelect, touchedSelect, sitesSelectKept].map(sql => statement(sql, site)),
  )
  const settlement = settlements?.rows[0]
  const rollup = rollups?.rows[0]
  const open: HourSpan[] = JSON.parse(String(settlement?.open ?? '[]'))
  return {
    version: Number(settlement?.version ?? 0),
    settled: Number(settlement?.settled ?? 0),
    firstOpenHour: open.reduce((first, [, hour]) => Math.min(first, hour), Number.MAX_SAFE_INTEGER),
    rolled: rollup ? { until: Number(rollup.until), zone: String(rollup.zone), rules: String(rollup.rules) } : null,
    touched: (touched?.rows ?? []).map(row => ({
      hours: [Number(row.first_hour), Number(row.last_hour)],
      version: Number(row.version),
    })),
    kept: { from: Number(kept?.rows[0]?.kept_from ?? 0), day: Number(kept?.rows[0]?.kept_day ?? 0) },
  }
}
