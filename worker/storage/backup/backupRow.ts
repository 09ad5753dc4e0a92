/** A row of a table, without its site. */
export type BackupRow = Record<string, string | number | null>
