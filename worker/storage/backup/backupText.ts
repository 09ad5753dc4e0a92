import type { SiteConfig } from '../siteConfig'
import { type BackupCursor, type BackupPart, FIRST_PART } from './backupPart'
import { addPartChecksum } from './partChecksum'

/**
 * The version of the format; a later release's is rejected. Version 1 had no days without events, version 2 stored rollups
 * by group, version 3 found measures by hashes and had 0 for unknown scroll depths and clicks. Since the fifth, columns
 * are read by name: one more needs no new version, as a reader that does not know it says so. Since the sixth, each part
 * has a checksum.
 */
export const BACKUP_VERSION = 6

const NOTE =
  'This file contains the secret that keys the ids of returning visitors. Without it, a restored site would count them as new visitors. Protect it like the data itself.'

const textOf = (lines: readonly unknown[]): Promise<string> =>
  addPartChecksum(lines.map(line => JSON.stringify(line)).join('\n'))

/** The first part of a site's backup as text: the site itself. */
export const firstBackupText = ({ id: _, store: __, ...site }: SiteConfig): Promise<string> =>
  textOf([{ footfall: 'backup', version: BACKUP_VERSION, part: 0, note: NOTE, site }, { next: FIRST_PART }])

/** A later part as text. */
export const backupText = (
  { domain }: SiteConfig,
  { part }: BackupCursor,
  { sections, next }: BackupPart,
): Promise<string> =>
  textOf([
    { footfall: 'backup', version: BACKUP_VERSION, part, domain },
    ...sections.flatMap(({ table, columns, rows }) => [{ table, columns }, ...rows]),
    { next },
  ])
