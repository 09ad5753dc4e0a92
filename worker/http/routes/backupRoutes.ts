import type { Context } from 'hono'
import { LIMITS } from '../../../shared/limits'
import { EMPTY_SETTINGS } from '../../../shared/settings'
import { type Fields, isFields } from '../../collect/parse/fields'
import type { Directory } from '../../directory'
import type { HonoEnv } from '../../env'
import { isTimeZone } from '../../lib/calendar'
import { isCurrency } from '../../lib/money'
import { Problem } from '../../lib/problem'
import { type BackupCursor, type BackupSection, isCursor } from '../../storage/backup/backupPart'
import type { RestoredSite } from '../../storage/backup/backupRestore'
import { BACKUP_VERSION, backupText, firstBackupText } from '../../storage/backup/backupText'
import { InvalidBackup } from '../../storage/backup/invalidBackup'
import { matchesPartChecksum } from '../../storage/backup/partChecksum'
import type { ImportedSpan } from '../../storage/siteConfig'
import { OWNER, OWNER_OF_SITE } from '../access'
import { parseJson, readText } from '../body'
import { currentConfig } from '../currentConfig'
import { directoryOf } from '../directoryOf'
import { route } from '../route'
import { siteOf } from '../siteOf'
import { siteSettingsOf } from '../siteSettings'

const READABLE: readonly unknown[] = [1, 2, 3, 4, 5, BACKUP_VERSION]
const CHECKSUM_SINCE = 6

const ndjson = (c: Context<HonoEnv>, part: string): Response =>
  c.body(part, 200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' })

const cursorOf = (text: string): BackupCursor => {
  const cursor = parseJson(text)
  if (!isCursor(cursor)) throw new Problem(400, 'bad_cursor', '"after" must be the "next" of the part before.')
  return cursor
}

const bad = (message: string): Problem => new Problem(400, 'bad_backup', message)

const siteExists = new Problem(
  409,
  'site_exists',
  'This domain already has a site. A backup can be restored only where there is none: delete the site first if you are sure.',
)

/** Backups of earlier releases have no imported days. */
const importedIn = (given: unknown): ImportedSpan | null => {
  if (given === undefined || given === null) return null
  const { firstDay, lastDay, source } = Object(given) as Partial<Record<keyof ImportedSpan, unknown>>
  if (!Number.isSafeInteger(firstDay) || !Number.isSafeInteger(lastDay) || typeof source !== 'string')
    throw bad('The site lacks the first and the last of its imported days.')
  return { firstDay: Number(firstDay), lastDay: Number(lastDay), source }
}

const siteIn = (given: unknown, domain: string): Omit<RestoredSite, 'store'> => {
  if (!isFields(given)) throw bad('The first line of the first part must contain the site.')
  const { name, timezone, currency, settings, secret, created, keptFrom = 0, keptDay = 0, imported } = given
  if (given.domain !== domain)
    throw new Problem(400, 'wrong_site', `This backup is of another site, not of "${domain}".`)
  const isWhole =
    typeof name === 'string' &&
    typeof timezone === 'string' &&
    isTimeZone(timezone) &&
    typeof currency === 'string' &&
    isCurrency(currency) &&
    typeof secret === 'string' &&
    /^[0-9a-f]{64}$/.test(secret) &&
    [created, keptFrom, keptDay].every(Number.isSafeInteger)
  if (!isWhole) throw bad('The site lacks a valid name, time zone, currency, secret, creation time or retention.')
  return {
    domain,
    name,
    timezone,
    currency,
    settings: siteSettingsOf(settings, EMPTY_SETTINGS),
    secret,
    created: Number(created),
    keptFrom: Number(keptFrom),
    keptDay: Number(keptDay),
    imported: importedIn(imported),
  }
}

/** The lines of a part, checked for their structure. */
interface PartLines {
  readonly part: number
  readonly head: Fields
  readonly sections: readonly BackupSection[]
  readonly isLast: boolean
}

const isValue = (value: unknown): value is string | number | null =>
  value === null || typeof value === 'string' || Number.isFinite(value)

const sectionsOf = (lines: readonly unknown[]): BackupSection[] => {
  const sections: { table: string; columns: string[]; rows: (string | number | null)[][] }[] = []
  for (const line of lines) {
    const current = sections.at(-1)
    if (isFields(line)) {
      const { table, columns } = line
      if (typeof table !== 'string' || !Array.isArray(columns) || !columns.every(one => typeof one === 'string')) {
        throw bad('A line that is not a row must name a table and its columns.')
      }
      sections.push({ table, columns, rows: [] })
    } else if (current && Array.isArray(line) && line.length === current.columns.length && line.every(isValue)) {
      current.rows.push(line)
    } else throw bad(`A row of ${current?.table ?? 'no table'} does not match its columns.`)
  }
  return sections
}

const damaged = (): Problem =>
  new Problem(
    400,
    'damaged_backup',
    'The part is damaged: its checksum is missing or does not match. Nothing in this part was stored. Restore another copy of the backup.',
  )

const linesOf = async (text: string): Promise<PartLines> => {
  // Before anything is read: a changed byte could be that of the version.
  const isIntact = await matchesPartChecksum(text)
  if (isIntact === false) throw damaged()
  const lines = text
    .split('\n')
    .filter(line => line !== '')
    .map(parseJson)
  const [head, tail] = [lines[0], lines.at(-1)]
  if (!isFields(head) || head.footfall !== 'backup')
    throw bad('A part must begin with the line {"footfall":"backup",…}.')
  if (!READABLE.includes(head.version)) {
    throw new Problem(400, 'newer_backup', 'A later release wrote this backup. Update Footfall, then restore it.')
  }
  if (lines.length < 2 || !isFields(tail) || tail.next === undefined) {
    throw bad('The part is truncated: its last line must be {"next":…}.')
  }
  if (isIntact === null && Number(head.version) >= CHECKSUM_SINCE) throw damaged()
  const part = head.part
  if (typeof part !== 'number' || !Number.isSafeInteger(part))
    throw bad('The first line must contain the number of the part.')
  return { part, head, sections: sectionsOf(lines.slice(1, -1)), isLast: tail.next === null }
}

/** A cached site may have been deleted since. */
const expectNoSite = async (directory: Directory, domain: string): Promise<void> => {
  if ((await directory.list()).some(({ config }) => config.domain === domain)) throw siteExists
}

const begin = async (directory: Directory, domain: string, { head }: PartLines): Promise<void> => {
  const site = siteIn(head.site, domain)
  await expectNoSite(directory, domain)
  await directory.beginRestore(site)
}

const goOn = async (
  directory: Directory,
  domain: string,
  { part, head, sections, isLast }: PartLines,
): Promise<void> => {
  if (head.domain !== domain)
    throw new Problem(400, 'wrong_site', `This backup is of another site, not of "${domain}".`)
  const restore = await directory.findRestore(domain)
  if (!restore) {
    await expectNoSite(directory, domain)
    throw new Problem(409, 'no_restore', 'No restore of this site is in progress. Send the first part first.')
  }
  if (part !== restore.part && part !== restore.part - 1) {
    throw new Problem(409, 'wrong_part', `Expected part ${restore.part}, received part ${part}.`)
  }
  await directory.restorePart(restore, part, sections, { version: Number(head.version), isLast })
}

/** A constraint that fails is an error of the file. Nothing in the part is stored then. */
const asProblem = (error: unknown): unknown => {
  if (error instanceof InvalidBackup) return bad(error.message)
  if (/UNIQUE constraint failed: sites/.test(String(error))) return siteExists
  if (/constraint failed|cannot store|malformed JSON/.test(String(error))) {
    return bad('A row contains a value that its table does not accept. Nothing in this part was stored.')
  }
  return error
}

/** Backs up and restores a site part by part, each small enough for one run of a Worker. */
export const backupRoutes = [
  route('GET', '/api/v1/sites/:domain/backup', OWNER_OF_SITE, async c => {
    const site = siteOf(c)
    const after = c.req.query('after')
    if (after === undefined) return ndjson(c, await firstBackupText(await currentConfig(directoryOf(c), site.config)))
    const cursor = cursorOf(after)
    return ndjson(c, await backupText(site.config, cursor, await site.backup(cursor)))
  }),
  route('POST', '/api/v1/sites/:domain/restore', OWNER, async c => {
    const domain = c.req.param('domain')
    const lines = await linesOf(await readText(c.req.raw, LIMITS.restoreBytes))
    try {
      await (lines.part === 0 ? begin : goOn)(directoryOf(c), domain, lines)
    } catch (error) {
      throw asProblem(error)
    }
    return c.json({ part: lines.part, done: lines.isLast })
  }),
  route('DELETE', '/api/v1/sites/:domain/restore', OWNER, async c => {
    const restore = await directoryOf(c).findRestore(c.req.param('domain'))
    if (!restore) throw new Problem(404, 'no_restore', 'No restore of this site is in progress.')
    await directoryOf(c).endRestore(restore)
    return c.body(null, 204)
  }),
]
