import type { BackupRow } from './backupRow'

/** The first format of a backup in which a page view that does not report its scroll depth and clicks holds -1. */
const UNKNOWN_SINCE = 4

/** A page view of a backup as it is stored now: 0013_unknown.sql says the same of the database. */
export const restorePageView = (row: BackupRow, version: number): BackupRow =>
  version < UNKNOWN_SINCE && row.depth === 0 && row.clicks === 0 ? { ...row, depth: -1, clicks: -1 } : row
