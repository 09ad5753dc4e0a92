import { HOUR } from '../../shared/time'
import { dayOf, formatDay, startOfDay } from '../lib/calendar'
import type { Answering } from '../query/answer'
import { type RollupState, readRollupState } from '../rollups/rollupState'
import { type Database, firstRow, statement } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import exportedDaysAdvance from '../storage/sql/exported_days.advance.sql'
import exportedDaysClear from '../storage/sql/exported_days.clear.sql'
import exportedDaysInsert from '../storage/sql/exported_days.insert.sql'
import exportedDaysSelectLast from '../storage/sql/exported_days.select_last.sql'
import exportedDaysSelectMissing from '../storage/sql/exported_days.select_missing.sql'
import settlementsNext from '../storage/sql/settlements.next.sql'
import { UNLIMITED } from '../storage/statementBudget'
import { writeBatch } from '../storage/writeBatch'
import { encodedExport } from './encodedExport'
import { PARQUET } from './exportFormats'
import { exportRows } from './exportRows'
import type { ExportTable } from './exportTable'
import { EXPORT_TABLES } from './exportTables'
import { putStream } from './putStream'

/** Milliseconds of one run of the cron, after which the next one continues. */
const LONGEST_RUN = 20_000
/** Statements of a table of a day that fits into memory at once. */
const TABLE_STATEMENTS = 16

/** A day that is not written whole. */
interface MissingDay {
  readonly day: number
  readonly last_hour: number
  readonly missing: number
  readonly changes: number
}

const hoursOf = (day: number, zone: string): readonly [first: number, last: number] => [
  Math.floor(startOfDay(day, zone) / HOUR),
  Math.floor((startOfDay(day + 1, zone) - 1) / HOUR),
]

/** Whether the sessions of a day are final and its rollups are built: nothing but a late event can change it. */
const isFinished = (day: number, zone: string, { rolledUp, stale }: RollupState): boolean => {
  const [first, last] = hoursOf(day, zone)
  return (
    rolledUp !== null &&
    rolledUp.zone === zone &&
    startOfDay(day + 1, zone) <= rolledUp.until &&
    !stale.some(({ hours }) => hours[0] <= last && hours[1] >= first)
  )
}

/** The first day with data after those that are written; `null` for none. */
const nextDay = async (db: Database, { id, timezone: zone }: SiteConfig, retained: number): Promise<number | null> => {
  const last = await firstRow<{ day: number; first_hour: number; last_hour: number }>(db, exportedDaysSelectLast, id)
  const isOfZone = last === null || String(hoursOf(last.day, zone)) === String([last.first_hour, last.last_hour])
  // After a change of the time zone every day has other hours, so that all are written again.
  if (!isOfZone) await writeBatch(db, [statement(exportedDaysClear, id)])
  const from = last !== null && isOfZone ? startOfDay(last.day + 1, zone) : 0
  const row = await firstRow<{ hour: number | null }>(db, settlementsNext, id, Math.floor(from / HOUR))
  if (row?.hour === null || row?.hour === undefined) return null
  return Math.max(dayOf(Math.max(from, row.hour * HOUR), zone), retained)
}

/** Sessions of a finished day are stored: no unfinished one needs to be derived. */
const settledOnly = ({ db, site, now }: Omit<Answering, 'readDelta'>): Answering => ({
  db,
  site,
  now,
  readDelta: async () => {
    const { version } = await readRollupState(db, site.id)
    return { retractedKeys: [], retracted: [], added: [], staleHours: [], lateHours: [], version, rowsRead: 0 }
  },
})

/** The name of a file, by which DuckDB and others find the site, the table and the day. */
const keyOf = ({ domain }: SiteConfig, { name }: ExportTable, day: number): string =>
  `site=${domain}/table=${name}/day=${formatDay(day)}/rows.parquet`

const writeTable = async (
  bucket: R2Bucket,
  answering: Omit<Answering, 'readDelta'>,
  { day, last_hour, missing, changes }: MissingDay,
): Promise<void> => {
  const { db, site } = answering
  const table = EXPORT_TABLES[EXPORT_TABLES.length - missing] as ExportTable
  const span = { from: startOfDay(day, site.timezone), to: startOfDay(day + 1, site.timezone) }
  const bytes = encodedExport(table, PARQUET, exportRows(settledOnly(answering), table, span))
  await putStream(bucket, keyOf(site, table, day), PARQUET.contentType, bytes)
  await writeBatch(db, [statement(exportedDaysAdvance, site.id, last_hour, missing - 1, changes)])
}

/**
 * Takes one step: writes a table of a day, or notes the next day to write.
 * @returns whether there may be more to do
 */
const step = async (bucket: R2Bucket, answering: Omit<Answering, 'readDelta'>): Promise<boolean> => {
  const { db, site } = answering
  const state = await readRollupState(db, site.id)
  const { rows } = await db.all<MissingDay>(exportedDaysSelectMissing, site.id)
  // Files stay as they are once the events of their day are deleted.
  const missing = rows.find(({ day }) => day >= state.retained.day && isFinished(day, site.timezone, state))
  if (missing) {
    await writeTable(bucket, answering, missing)
    return true
  }
  const day = await nextDay(db, site, state.retained.day)
  if (day === null || !isFinished(day, site.timezone, state)) return false
  const [first, last] = hoursOf(day, site.timezone)
  await writeBatch(db, [statement(exportedDaysInsert, site.id, last, first, day, EXPORT_TABLES.length)])
  return true
}

/**
 * Writes each finished day to a bucket as Parquet, and days that changed since again. Each step can be repeated: a file
 * that was written twice is the same.
 * @returns whether the next run has more to do
 */
export const exportDays = async (
  bucket: R2Bucket,
  answering: Omit<Answering, 'readDelta'>,
  budget = UNLIMITED,
): Promise<boolean> => {
  const began = Date.now()
  while (Date.now() - began < LONGEST_RUN && budget.hasRoomFor(TABLE_STATEMENTS)) {
    if (!(await step(bucket, answering))) return false
  }
  return true
}
