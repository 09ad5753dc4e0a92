import { knownEvent } from '../../../shared/events'
import { keyOf, TABLE_NAMES, tableOf } from '../columns'
import type { TableName } from '../schema'
import type { BackupRow } from './backupRow'
import { restorePageView } from './restorePageView'
import { restoreRollup } from './restoreRollup'

interface BackupRules {
  /** Which rows are left out, since others say the same. */
  readonly without?: string
  /** How many rows are read for a part, where they are long. */
  readonly most?: number
  /** The row as it is stored now, from one of a backup in an earlier format. */
  readonly upgrade?: (row: BackupRow, version: number) => BackupRow
}

export interface BackupTable extends BackupRules {
  readonly table: TableName
  /** The primary key without the site: the order in which rows are read. */
  readonly key: readonly string[]
}

const RULES: Partial<Record<TableName, BackupRules>> = {
  views: { upgrade: restorePageView },
  // Orders are made from purchases.
  events: { without: `name = ${knownEvent('purchase')} and transaction_id is not null` },
  sums: {
    // Only rollups that cannot be built again, as their events are deleted.
    without: 'day >= (select kept_day from sites where id = sums.site)',
    most: 20,
    upgrade: restoreRollup,
  },
}

/** The tables of a backup, in the order in which they are read: rollups after the events that they were built from. */
export const BACKUP_TABLES: readonly BackupTable[] = TABLE_NAMES.filter(table => !tableOf(table).notBackedUp).map(
  table => ({ table, key: keyOf(table), ...RULES[table] }),
)
