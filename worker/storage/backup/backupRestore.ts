import { knownEvent } from '../../../shared/events'
import { HOUR } from '../../../shared/time'
import { startOfDay } from '../../lib/calendar'
import { DICTIONARY_STATEMENTS } from '../assembled/dictionaryStatements'
import { EVENTS_INSERT_ORDERS } from '../assembled/eventStatements'
import { jsonChunks } from '../chunks'
import { columnOf, columnsOf } from '../columns'
import { type Database, firstRow, type SqlStatement, statement } from '../database'
import type { DictionaryName } from '../dictionaryName'
import { hourOf } from '../factRows'
import { orderChunks } from '../orderChunks'
import { DICTIONARIES, type TableName } from '../schema'
import type { SiteConfig } from '../siteConfig'
import type { Kept } from '../sites'
import { SITE_TABLES } from '../siteTables'
import dirtyMark from '../sql/dirty.mark_restored.sql'
import dirtyMarkOrders from '../sql/dirty.mark_restored_orders.sql'
import eventsDeleteOrders from '../sql/events.delete_orders.sql'
import reachesInsert from '../sql/reaches.insert_restored.sql'
import restoresAdvance from '../sql/restores.advance.sql'
import restoresCopy from '../sql/restores.copy.sql'
import restoresDelete from '../sql/restores.delete.sql'
import restoresInsert from '../sql/restores.insert.sql'
import restoresSelect from '../sql/restores.select.sql'
import settlementsInsert from '../sql/settlements.insert_restored.sql'
import sitesInsert from '../sql/sites.insert.sql'
import sitesInsertRestored from '../sql/sites.insert_restored.sql'
import sumsClear from '../sql/sums.clear.sql'
import sumsSelectLastDay from '../sql/sums.select_last_day.sql'
import { WATERMARK_LAG } from '../watermark'
import { writeBatch } from '../writeBatch'
import type { BackupSection } from './backupPart'
import type { BackupRow } from './backupRow'
import { BACKUP_TABLES, type BackupTable } from './backupTables'
import { InvalidBackup } from './invalidBackup'
import { renumberRow } from './renumber'

/** A site once it is restored. */
export type RestoredSite = Omit<SiteConfig, 'id'>

export interface PartOptions {
  /** Of the format. */
  readonly version: number
  /** Whether the site is complete with the part, and appears. */
  readonly isLast: boolean
}

export interface Restore {
  readonly site: number
  readonly header: RestoredSite
  /** Which part comes next. */
  readonly part: number
}

/** The restore of a domain that is under way, `null` when there is none. */
export const findRestore = async (db: Database, domain: string): Promise<Restore | null> => {
  const row = await firstRow<{ site: number; header: string; part: number }>(db, restoresSelect, domain)
  // A restore that an earlier release began has all of its events, in D1.
  return (
    row && {
      site: row.site,
      header: { keptFrom: 0, keptDay: 0, store: 'd1', imported: null, ...JSON.parse(row.header) },
      part: row.part,
    }
  )
}

const removing = ({ site }: Restore): SqlStatement[] =>
  SITE_TABLES.map(table => statement(`delete from ${table} where site = ?1`, site))

/** Deletes the rows of an unfinished restore. */
export const endRestore = async (db: Database, restore: Restore): Promise<void> => {
  await writeBatch(db, removing(restore))
}

/** Reserves an id for the site, and deletes the rows of an earlier try. */
export const beginRestore = async (db: Database, header: RestoredSite): Promise<void> => {
  const before = await findRestore(db, header.domain)
  await writeBatch(db, [
    ...(before ? removing(before) : []),
    statement(sitesInsert, '', '', '', '', '', '', 0, header.store),
    statement(restoresInsert, header.domain, JSON.stringify(header)),
    statement("delete from sites where domain = ''"),
  ])
}

/** The ids here of a part's entries of dictionaries, by the ids that they had. */
type Entries = ReadonlyMap<DictionaryName, ReadonlyMap<number, number>>

const isDictionary = (table: string): table is DictionaryName => Object.hasOwn(DICTIONARIES, table)

/** Columns come from a file: only those that the table has become part of a statement. */
const expectColumns = ({ table, columns }: BackupSection, known: readonly string[]): void => {
  const unknown = columns.find(column => !known.includes(column))
  if (unknown !== undefined) {
    throw new InvalidBackup(
      `The table ${table} has no column "${unknown.slice(0, 60)}". If a later release wrote this backup, update this one.`,
    )
  }
}

/** Entries after their ids. What an earlier release did not store is unknown, which is ''. */
const entryRows = (table: DictionaryName, section: BackupSection): unknown[] => {
  const columns = ['id', ...DICTIONARIES[table]]
  expectColumns(section, columns)
  const positions = columns.map(column => section.columns.indexOf(column))
  return section.rows.map(row => positions.map(position => (position < 0 ? '' : row[position])))
}

/** Adds the entries of a part, and says which ids they have here. No limit of a day holds: they were let in once. */
const restoreEntries = async (db: Database, site: number, sections: readonly BackupSection[]): Promise<Entries> => {
  const asked = sections.flatMap(section => {
    const { table } = section
    return isDictionary(table) ? jsonChunks(entryRows(table, section)).map(chunk => ({ table, chunk })) : []
  })
  if (asked.length === 0) return new Map()
  const statements = asked.flatMap(({ table, chunk }) => {
    const { insertRestored, selectRestored } = DICTIONARY_STATEMENTS[table]
    return [insertRestored, selectRestored].map(sql => statement(sql, site, chunk))
  })
  const results = await writeBatch(db, statements)
  const entries = new Map<DictionaryName, Map<number, number>>()
  for (const [n, { table }] of asked.entries()) {
    const ids = entries.get(table) ?? new Map<number, number>()
    for (const row of results[n * 2 + 1]?.rows ?? []) ids.set(Number(row.old), Number(row.id))
    entries.set(table, ids)
  }
  return entries
}

const restoredRows = (
  { table, upgrade }: BackupTable,
  { columns, rows }: BackupSection,
  entries: Entries,
  version: number,
): BackupRow[] =>
  rows.map(values => {
    const row = Object.fromEntries(columns.map((column, n) => [column, values[n] ?? null]))
    return renumberRow(table, upgrade?.(row, version) ?? row, (dictionary, id) => {
      const here = entries.get(dictionary)?.get(id)
      if (here === undefined)
        throw new InvalidBackup(`A row of ${table} refers to ${dictionary} ${id}, which the part lacks.`)
      return here
    })
  })

/** Statements that go with the rows of a table. */
interface Following {
  readonly before: SqlStatement[]
  readonly after: SqlStatement[]
}

type Follow = (site: number, rows: readonly BackupRow[]) => Following

const marking = (site: number, rows: readonly BackupRow[]): SqlStatement[] =>
  jsonChunks(rows.map(({ visitor, hour }) => [visitor, hour])).map(chunk => statement(dirtyMark, site, chunk))

const ofViews: Follow = (site, rows) => {
  const reaches = rows.flatMap(({ visitor, hour, at, seen }) => {
    const first = Number(hour)
    const last = hourOf(first * HOUR + Number(at) + Number(seen))
    return Array.from({ length: Math.min(last - first, 48) }, (_, n) => [first + 1 + n, visitor, first])
  })
  const chunks = jsonChunks(reaches).map(chunk => statement(reachesInsert, site, chunk))
  return { before: [], after: [...chunks, ...marking(site, rows)] }
}

/** Purchases of one order can lie in two parts: it is made anew with each of them. */
const ofPurchases: Follow = (site, rows) => {
  const chunks = orderChunks([...new Set(rows.map(row => row.transaction_id))])
  return {
    before: chunks.map(chunk => statement(eventsDeleteOrders, site, ...chunk)),
    after: [
      ...chunks.map(chunk => statement(EVENTS_INSERT_ORDERS, site, ...chunk, knownEvent('purchase'))),
      ...chunks.map(([transactions]) => statement(dirtyMarkOrders, site, transactions)),
    ],
  }
}

const FOLLOWING: Readonly<Record<string, Follow>> = {
  views: ofViews,
  events: (site, rows) => ({ before: [], after: marking(site, rows) }),
  purchases: ofPurchases,
}

/** An array in a column goes into the JSON of its row as it is: as a text, its quotes would take twice the bytes. */
const boundValue = (table: TableName, column: string, value: BackupRow[string] | undefined): unknown =>
  columnOf(table, column).kind === 'packed' ? JSON.parse(String(value)) : (value ?? null)

const inserting = (site: number, { table }: BackupTable, columns: readonly string[], rows: readonly BackupRow[]) => {
  const places = columns.map((_, n) => `value->>${n}`).join(', ')
  const sql = `insert into ${table} (site, ${columns.join(', ')}) select ?1, ${places} from json_each(?2) where true on conflict do nothing`
  const values = rows.map(row => columns.map(column => boundValue(table, column, row[column])))
  return jsonChunks(values).map(chunk => statement(sql, site, chunk))
}

/**
 * Since when the site's facts are kept: later than the header says where days were summed up for good while the backup
 * was taken. The sums in total are read after the facts and before the others, so that what they say is whole.
 */
const keptOf = async (db: Database, { site, header }: Restore, sections: readonly BackupSection[]): Promise<Kept> => {
  const last = await firstRow<{ day: number | null }>(db, sumsSelectLastDay, site)
  const known = last?.day ?? null
  const here = sections
    .filter(({ table }) => table === 'sums')
    .flatMap(({ columns, rows }) =>
      rows.filter(row => row[columns.indexOf('dimension')] === '').map(row => Number(row[columns.indexOf('day')])),
    )
  const keptDay = Math.max(known ?? -1, ...here) + 1
  if (keptDay <= header.keptDay) return header
  return { keptDay, keptFrom: Math.max(header.keptFrom, startOfDay(keptDay, header.timezone)) }
}

const insertingSite = ({ site, header }: Restore, kept: Kept): SqlStatement =>
  statement(
    sitesInsertRestored,
    site,
    header.domain,
    header.name,
    header.timezone,
    header.currency,
    JSON.stringify(header.settings),
    header.secret,
    header.created,
    kept.keptFrom,
    kept.keptDay,
    header.store,
    header.imported?.firstDay ?? null,
    header.imported?.lastDay ?? null,
    header.imported?.source ?? '',
  )

/** The site itself, once all of its events are there. The cron derives sessions for the hours that are stale. */
const finishing = (restore: Restore, kept: Kept, now: number): SqlStatement[] => [
  insertingSite(restore, kept),
  statement(sumsClear, restore.site),
  statement(settlementsInsert, restore.site, now - WATERMARK_LAG),
  statement(restoresDelete, restore.site),
]

/**
 * Stores a part of a backup, whole or not at all; a part can be repeated until the next has come.
 * @throws InvalidBackup
 */
export const restorePart = async (
  db: Database,
  restore: Restore,
  part: number,
  sections: readonly BackupSection[],
  { version, isLast }: PartOptions,
): Promise<void> => {
  const { site } = restore
  const entries = await restoreEntries(db, site, sections)
  const statements = [statement(restoresAdvance, site, part)]
  for (const section of sections.filter(({ table }) => !isDictionary(table))) {
    const table = BACKUP_TABLES.find(one => one.table === section.table)
    if (!table) throw new InvalidBackup(`A backup of this release has no table "${section.table.slice(0, 60)}".`)
    expectColumns(section, columnsOf(table.table))
    const rows = restoredRows(table, section, entries, version)
    const { before, after } = FOLLOWING[table.table]?.(site, rows) ?? { before: [], after: [] }
    statements.push(...before, ...inserting(site, table, section.columns, rows), ...after)
  }
  if (isLast) statements.push(...finishing(restore, await keptOf(db, restore, sections), Date.now()))
  await writeBatch(db, statements)
}

/** Records in an object the restore that goes into it, whose progress its statements check. */
export const copyRestore = async (db: Database, { site, header, part }: Restore): Promise<void> => {
  await db.all(restoresCopy, site, header.domain, JSON.stringify(header), part)
}

/** Records that an object stored a part. With the last one the site appears. */
export const advanceRestore = async (
  db: Database,
  restore: Restore,
  part: number,
  kept: Kept | null,
): Promise<void> => {
  const finishing = kept ? [insertingSite(restore, kept), statement(restoresDelete, restore.site)] : []
  await writeBatch(db, [statement(restoresAdvance, restore.site, part), ...finishing])
}
