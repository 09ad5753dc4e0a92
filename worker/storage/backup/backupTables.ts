import { FIRST_CUSTOM_EVENT, knownEvent } from '../../../shared/events'
import type { BackupRow } from './backupRow'
import { restorePageView } from './restorePageView'
import { restoreRollup } from './restoreRollup'

/** The texts that facts refer to by number, with the columns that hold the texts. */
export const BACKUP_TEXTS = {
  pages: ['hostname', 'path'],
  sources: ['channel', 'source', 'medium', 'campaign', 'term', 'content', 'referrer'],
  places: ['country', 'region', 'city'],
  devices: ['device', 'browser', 'os', 'language'],
  names: ['name'],
} as const

export type DictionaryTable = keyof typeof BACKUP_TEXTS
export const TEXT_TABLES = Object.keys(BACKUP_TEXTS) as DictionaryTable[]

/** The number of a text here, for its number in the row. */
export type Renumber = (table: DictionaryTable, id: number) => number

export interface BackupTable {
  readonly table: string
  /** The primary key without the site: the order in which rows are read. */
  readonly key: readonly string[]
  /** Which rows are left out, since others say the same. */
  readonly without?: string
  /** How many rows are read for a part, where they are long. */
  readonly most?: number
  /** The row with every number of a text replaced. */
  readonly renumber: (row: BackupRow, renumber: Renumber) => BackupRow
  /** The row as it is stored now, from one of a backup in an earlier format. */
  readonly upgrade?: (row: BackupRow, version: number) => BackupRow
}

const CONTEXT = { page: 'pages', source: 'sources', place: 'places', device: 'devices' } as const
const NUMBERED: readonly (readonly [column: string, table: DictionaryTable])[] = Object.entries(CONTEXT)

const ofContext = (row: BackupRow, renumber: Renumber): BackupRow => {
  const result = { ...row }
  for (const [column, table] of NUMBERED) {
    const id = row[column]
    if (typeof id === 'number') result[column] = renumber(table, id)
  }
  return result
}

/** The names of known events are the same everywhere. */
const ofEvent = (row: BackupRow, renumber: Renumber): BackupRow => {
  const name = Number(row.name)
  const isCustom = name >= FIRST_CUSTOM_EVENT
  return {
    ...ofContext(row, renumber),
    name: isCustom ? FIRST_CUSTOM_EVENT + renumber('names', name - FIRST_CUSTOM_EVENT) : name,
  }
}

/** `context` is a list that begins like the columns of an event; what follows are no numbers of texts. */
const ofPurchase = (row: BackupRow, renumber: Renumber): BackupRow => {
  const context: (number | null)[] = JSON.parse(String(row.context))
  const renumbered = context.map((id, n) => {
    const table = NUMBERED[n]?.[1]
    return id !== null && table ? renumber(table, id) : id
  })
  return { ...row, context: JSON.stringify(renumbered) }
}

const asItIs = (row: BackupRow): BackupRow => row

/**
 * What a backup holds, in the order in which it is read: the facts, and the sums of days that have none. Visits and all that settling knows are
 * derived anew, orders are made from purchases, reaches from page views.
 */
export const BACKUP_TABLES: readonly BackupTable[] = [
  { table: 'views', key: ['hour', 'visitor', 'id'], renumber: ofContext, upgrade: restorePageView },
  {
    table: 'events',
    key: ['hour', 'visitor', 'id'],
    without: `name = ${knownEvent('purchase')} and transaction_id is not null`,
    renumber: ofEvent,
  },
  {
    table: 'purchases',
    key: ['transaction_id', 'time', 'sent_id', 'sent_visitor', 'id', 'visitor'],
    renumber: ofPurchase,
  },
  { table: 'event_ids', key: ['key'], renumber: asItIs },
  { table: 'identities', key: ['visitor', 'user'], renumber: asItIs },
  { table: 'imports', key: ['kind', 'day', 'row_key'], renumber: asItIs },
  { table: 'refusals', key: ['day', 'reason'], renumber: asItIs },
  {
    table: 'sums',
    key: ['dimension', 'day', 'part'],
    // Only those that cannot be made again, as the facts they were made from are gone.
    without: 'day >= (select kept_day from sites where id = sums.site)',
    most: 20,
    renumber: restoreRollup,
  },
]

/** Why every other table of a site is in no backup. A test holds that none is forgotten. */
export const NOT_BACKED_UP = {
  keys: 'secrets are shown once; whoever restores a site makes new keys',
  salts: 'they must be gone within 48 hours, wherever they are',
  additions: 'counts of a day',
  reaches: 'follow from page views',
  visits: 'follow from facts',
  settlements: 'follow from facts',
  dirty: 'follow from facts',
  restores: 'what is under way',
  rollups: 'follow from facts',
  touched: 'follow from facts',
  running: 'follow from facts',
  hour_sums: 'follow from facts',
} as const
