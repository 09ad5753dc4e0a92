import { HOUR } from '../../shared/time'
import { dayOf, formatDay, startOfDay } from '../lib/calendar'
import { logFailure } from '../lib/log'
import type { Answering } from '../query/answer'
import { type RollupState, readRollupState } from '../rollups/rollupState'
import { type Database, firstRow, statement } from '../storage/database'
import type { FileBudget } from '../storage/fileBudget'
import type { SiteConfig } from '../storage/siteConfig'
import exportedDaysAdvance from '../storage/sql/exported_days.advance.sql'
import exportedDaysInsert from '../storage/sql/exported_days.insert.sql'
import exportedDaysSelectLast from '../storage/sql/exported_days.select_last.sql'
import exportedDaysSelectMissing from '../storage/sql/exported_days.select_missing.sql'
import exportedDaysSelectPassed from '../storage/sql/exported_days.select_passed.sql'
import settlementsNext from '../storage/sql/settlements.next.sql'
import settlementsSelectVersion from '../storage/sql/settlements.select_version.sql'
import { writeBatch } from '../storage/writeBatch'
import { encodedExport } from './encodedExport'
import { PARQUET } from './exportFormats'
import { exportRows } from './exportRows'
import { type ExportTable, mostAtOnce } from './exportTable'
import { EXPORT_TABLES } from './exportTables'
import { hoursOfDay } from './hoursOfDay'
import { moveDays } from './moveDays'
import { putStream } from './putStream'

/** Statements of a step before it writes: they find what to write, or note the next day. */
const FINDING = 10
/** Statements that a table of a day takes besides its windows. */
const AROUND = 5
/** Statements of a window at most. */
const WINDOW = 8
/** Statements of a run that settling takes when there is little to settle. */
const SETTLING = 30
/** Tables that may fail in one run. */
const MOST_FAILURES = 3

/** A day that is not written whole. */
interface MissingDay {
  readonly day: number
  readonly last_hour: number
  readonly missing: number
  readonly changes: number
}

/** Whether the sessions of a day are final and its rollups are built: nothing but a late event can change it. */
const isFinished = (day: number, zone: string, { rolledUp, stale }: RollupState): boolean => {
  const [first, last] = hoursOfDay(day, zone)
  return (
    rolledUp !== null &&
    rolledUp.zone === zone &&
    startOfDay(day + 1, zone) <= rolledUp.until &&
    !stale.some(({ hours }) => hours[0] <= last && hours[1] >= first)
  )
}

interface ExportedDay {
  readonly day: number
  readonly first_hour: number
  readonly last_hour: number
}

/** Whether the days that are written are those of a former time zone. */
const isMoved = (last: ExportedDay | null, zone: string): boolean =>
  last !== null && String(hoursOfDay(last.day, zone)) !== String([last.first_hour, last.last_hour])

/** The first day with data after those that are written; `null` for none. */
const nextDay = async (
  db: Database,
  { id, timezone: zone }: SiteConfig,
  last: ExportedDay | null,
  retained: number,
): Promise<number | null> => {
  const from = last === null ? 0 : startOfDay(last.day + 1, zone)
  const row = await firstRow<{ hour: number | null }>(db, settlementsNext, id, Math.floor(from / HOUR))
  if (row?.hour === null || row?.hour === undefined) return null
  return Math.max(dayOf(Math.max(from, row.hour * HOUR), zone), retained)
}

/** The first day among those written that had no data when it was passed and has some now; `null` for none. */
const passedDay = async (
  db: Database,
  { id, timezone: zone }: SiteConfig,
  retained: number,
): Promise<number | null> => {
  const from = retained === 0 ? 0 : Math.ceil(startOfDay(retained, zone) / HOUR)
  const row = await firstRow<{ hour: number | null }>(db, exportedDaysSelectPassed, id, from)
  return row?.hour === null || row?.hour === undefined ? null : dayOf(row.hour * HOUR, zone)
}

/** Sessions of a finished day are stored: no unfinished one needs to be derived. */
const settledOnly = ({ db, site, now }: Omit<Answering, 'readDelta'>): Answering => ({
  db,
  site,
  now,
  readDelta: async () => {
    const row = await firstRow<{ version: number }>(db, settlementsSelectVersion, site.id)
    const version = row?.version ?? 0
    return { retractedKeys: [], retracted: [], added: [], staleHours: [], lateHours: [], version, rowsRead: 0 }
  },
})

/** The name of a file, by which DuckDB and others find the site, the table and the day. */
const keyOf = ({ domain }: SiteConfig, { name }: ExportTable, day: number): string =>
  `site=${domain}/table=${name}/day=${formatDay(day)}/rows.parquet`

const tableOf = ({ missing }: MissingDay): ExportTable => EXPORT_TABLES[EXPORT_TABLES.length - missing] as ExportTable

/** How many windows it takes to read the rows of a span. */
const windowsOf = async (
  { db, site }: Pick<Answering, 'db' | 'site'>,
  table: ExportTable,
  day: number,
): Promise<number> => {
  const sql = `select count(*) as rows from ${table.stored} where site = ?1 and hour between ?2 and ?3`
  const rows = (await firstRow<{ rows: number }>(db, sql, site.id, ...hoursOfDay(day, site.timezone)))?.rows ?? 0
  return rows <= mostAtOnce(table) ? 1 : 2 * Math.ceil(rows / table.rowsAtOnce) + WINDOW
}

/** What stands in the place of a file that no run can write. */
const TOO_LARGE =
  "This day has more rows than one run of the cron can read on Cloudflare's plan. Export it with the API."

interface FoundTable {
  readonly missing: MissingDay
  readonly windows: number
}

/** Writes a table of a day, or the note that it is too large. */
const writeTable = async (
  bucket: R2Bucket,
  answering: Omit<Answering, 'readDelta'>,
  { missing, windows }: FoundTable,
  isTooLarge: boolean,
): Promise<void> => {
  const { db, site } = answering
  const table = tableOf(missing)
  const [from, to] = [missing.day, missing.day + 1].map(day => startOfDay(day, site.timezone)) as [number, number]
  const key = keyOf(site, table, missing.day)
  if (isTooLarge) await bucket.put(`${key}.too-large.txt`, TOO_LARGE, { httpMetadata: { contentType: 'text/plain' } })
  else {
    const span = windows === 1 ? { from, to, firstWindow: to - from } : { from, to }
    const bytes = encodedExport(table, PARQUET, exportRows(settledOnly(answering), table, span))
    await putStream(bucket, key, PARQUET.contentType, bytes)
  }
  const { last_hour, changes } = missing
  await writeBatch(db, [statement(exportedDaysAdvance, site.id, last_hour, missing.missing - 1, changes)])
}

/** Takes steps: each writes a table of a day, or notes the next day to write. */
class DayExport {
  readonly #bucket: R2Bucket
  readonly #answering: Omit<Answering, 'readDelta'>
  readonly #budget: FileBudget
  /** Last hours of days whose tables could not be written, so that others are. */
  readonly #failed = new Set<number>()

  constructor(bucket: R2Bucket, answering: Omit<Answering, 'readDelta'>, budget: FileBudget) {
    this.#bucket = bucket
    this.#answering = answering
    this.#budget = budget
  }

  get hasRoom(): boolean {
    return this.#failed.size < MOST_FAILURES && this.#budget.hasRoomFor(FINDING)
  }

  get hasFailed(): boolean {
    return this.#failed.size > 0
  }

  /** @returns whether the next step may do something in this run */
  async #write(missing: MissingDay): Promise<boolean> {
    const windows = await windowsOf(this.#answering, tableOf(missing), missing.day)
    const statements = AROUND + WINDOW * windows
    const isTooLarge = statements > this.#budget.most - SETTLING
    if (!isTooLarge && !this.#budget.hasRoomFor(statements)) return false
    try {
      await writeTable(this.#bucket, this.#answering, { missing, windows }, isTooLarge)
    } catch (error) {
      logFailure(error, { job: 'export', site: this.#answering.site.domain })
      this.#failed.add(missing.last_hour)
    }
    return true
  }

  async #note(state: RollupState, before: ExportedDay | null): Promise<boolean> {
    const { db, site } = this.#answering
    const passed = await passedDay(db, site, state.retained.day)
    const days = [passed, await nextDay(db, site, before, state.retained.day)]
    const day = days.find(one => one !== null && isFinished(one, site.timezone, state))
    if (day === undefined || day === null) return false
    const [first, last] = hoursOfDay(day, site.timezone)
    await writeBatch(db, [statement(exportedDaysInsert, site.id, last, first, day, EXPORT_TABLES.length)])
    return true
  }

  /** @returns `done`, `waiting` for a run with more room, or `more` */
  async step(): Promise<'done' | 'waiting' | 'more'> {
    const { db, site } = this.#answering
    const state = await readRollupState(db, site.id)
    if (state.rolledUp?.zone !== site.timezone) return 'done'
    const last = await firstRow<ExportedDay>(db, exportedDaysSelectLast, site.id)
    if (isMoved(last, site.timezone)) {
      await moveDays(db, site, state.retained.day)
      return 'more'
    }
    const { rows } = await db.all<MissingDay>(exportedDaysSelectMissing, site.id)
    // Files stay as they are once the events of their day are deleted.
    const missing = rows.find(
      ({ day, last_hour }) =>
        !this.#failed.has(last_hour) && day >= state.retained.day && isFinished(day, site.timezone, state),
    )
    if (missing) return (await this.#write(missing)) ? 'more' : 'waiting'
    return (await this.#note(state, last)) ? 'more' : 'done'
  }
}

/**
 * Writes each finished day to a bucket as Parquet, and days that changed since again. Each step can be repeated: a file
 * that was written twice is the same.
 * @returns whether the next run has more to do
 */
export const exportDays = async (
  bucket: R2Bucket,
  answering: Omit<Answering, 'readDelta'>,
  budget: FileBudget,
): Promise<boolean> => {
  const days = new DayExport(bucket, answering, budget)
  while (days.hasRoom) {
    const next = await days.step()
    if (next !== 'more') return next === 'waiting' || days.hasFailed
  }
  return true
}
