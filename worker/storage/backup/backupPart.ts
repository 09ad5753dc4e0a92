import { DICTIONARY_NAMES, DICTIONARY_STATEMENTS } from '../assembled/dictionaryStatements'
import { columnsOf } from '../columns'
import { type Database, statement } from '../database'
import type { DictionaryName } from '../dictionaryName'
import type { BackupRow } from './backupRow'
import { BACKUP_TABLES, type BackupTable } from './backupTables'
import { renumberRow } from './renumber'

/** Rows read for a part. */
const ROWS = 1_000
/** Characters of a part, after which it ends early. */
const SIZE = 4_000_000

/** Where a part begins: after the row of a table with this key, or, with none, at its first. */
export interface BackupCursor {
  readonly part: number
  readonly table: string
  readonly after: readonly (string | number)[]
}

/** Rows of one table, each with a value for every column of the list. */
export interface BackupSection {
  readonly table: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

export interface BackupPart {
  /** The entries of dictionaries that its rows refer to, then the rows: a part can be restored without the others. */
  readonly sections: readonly BackupSection[]
  /** `null` after the last row of the last table. */
  readonly next: BackupCursor | null
}

export const FIRST_PART: BackupCursor = { part: 1, table: BACKUP_TABLES[0]?.table ?? '', after: [] }

/** Whether a cursor says where a part begins. */
export const isCursor = (given: unknown): given is BackupCursor => {
  if (typeof given !== 'object' || given === null) return false
  const { part, table, after } = given as Partial<Record<keyof BackupCursor, unknown>>
  const found = BACKUP_TABLES.find(one => one.table === table)
  if (!found || !Number.isSafeInteger(part) || !Array.isArray(after)) return false
  return (
    [0, found.key.length].includes(after.length) && after.every(one => typeof one === 'string' || Number.isFinite(one))
  )
}

const readRows = async (
  db: Database,
  site: number,
  { table, key, without, most = ROWS }: BackupTable,
  after: BackupCursor['after'],
) => {
  const places = key.map((_, n) => `?${n + 3}`)
  const conditions = ['site = ?1']
  if (after.length > 0) conditions.push(`(${key.join(', ')}) > (${places.join(', ')})`)
  if (without) conditions.push(`not (${without})`)
  const columns = columnsOf(table).join(', ')
  const sql = `select ${columns} from ${table} where ${conditions.join(' and ')} order by ${key.join(', ')} limit ?2`
  return (await db.all<BackupRow>(sql, site, most, ...after)).rows
}

/** As many of the first rows as a part may hold, at least one. */
const fitting = (rows: readonly BackupRow[]): readonly BackupRow[] => {
  let size = 0
  const most = rows.findIndex(row => {
    const over = size > SIZE
    size += JSON.stringify(row).length
    return over
  })
  return most === -1 ? rows : rows.slice(0, most)
}

const sectionOf = (table: string, rows: readonly BackupRow[]): BackupSection[] => {
  const [first] = rows
  if (!first) return []
  return [{ table, columns: Object.keys(first), rows: rows.map(row => Object.values(row)) }]
}

/** The entries of dictionaries that rows refer to, each once. */
const readEntries = async (db: Database, { table }: BackupTable, rows: readonly BackupRow[]) => {
  const used = new Map<DictionaryName, Set<number>>(DICTIONARY_NAMES.map(name => [name, new Set()]))
  for (const row of rows) {
    renumberRow(table, row, (dictionary, id) => {
      used.get(dictionary)?.add(id)
      return id
    })
  }
  const asked = DICTIONARY_NAMES.filter(name => used.get(name)?.size)
  if (asked.length === 0) return []
  const results = await db.batch<BackupRow>(
    asked.map(name => statement(DICTIONARY_STATEMENTS[name].selectByIds, JSON.stringify([...(used.get(name) ?? [])]))),
  )
  return asked.flatMap((name, n) => sectionOf(name, results[n]?.rows ?? []))
}

const nextOf = (
  cursor: BackupCursor,
  table: BackupTable,
  read: number,
  rows: readonly BackupRow[],
): BackupCursor | null => {
  const part = cursor.part + 1
  const last = rows.at(-1)
  if (last && (read === (table.most ?? ROWS) || rows.length < read)) {
    return { part, table: table.table, after: table.key.map(column => last[column] ?? '') }
  }
  const following = BACKUP_TABLES[BACKUP_TABLES.indexOf(table) + 1]
  return following ? { part, table: following.table, after: [] } : null
}

/**
 * Reads a part of a site's rows, few enough to hold in memory, by the key of the table and never by
 * counting rows: what is stored meanwhile makes no row come twice, and none that was there be missed.
 */
export const readPart = async (db: Database, site: number, cursor: BackupCursor): Promise<BackupPart> => {
  const table = BACKUP_TABLES.find(one => one.table === cursor.table)
  if (!table) throw new Error('a cursor was not checked')
  const read = await readRows(db, site, table, cursor.after)
  const rows = fitting(read)
  return {
    sections: [...(await readEntries(db, table, rows)), ...sectionOf(table.table, rows)],
    next: nextOf(cursor, table, read.length, rows),
  }
}
