import type { Context } from 'hono'
import { LIMITS } from '../../../shared/limits'
import { EMPTY_SETTINGS } from '../../../shared/settings'
import { type Fields, isFields } from '../../collect/parse/fields'
import type { Directory } from '../../directory'
import type { HonoEnv } from '../../env'
import { isTimeZone } from '../../lib/calendar'
import { isCurrency } from '../../lib/money'
import { Problem } from '../../lib/problem'
import type { SiteEngine } from '../../site'
import { type BackupCursor, type BackupSection, FIRST_PART, isCursor } from '../../storage/backup/backupPart'
import type { RestoredSite } from '../../storage/backup/backupRestore'
import { InvalidBackup } from '../../storage/backup/invalidBackup'
import type { SiteConfig } from '../../storage/siteConfig'
import { OWNER, OWNER_OF_SITE } from '../access'
import { unknownSite } from '../auth'
import { parseJson, readText } from '../body'
import { directoryOf } from '../directoryOf'
import { route } from '../route'
import { siteOf } from '../siteOf'
import { siteSettingsOf } from '../siteSettings'

/**
 * Of the format: a reader refuses what a later release has written. The first knew no days without facts, the second kept
 * their sums by group, the third found measures by hashes and held 0 for scroll depths and clicks that are unknown. Since the fifth, columns
 * are read by name: one more needs no new version, as a reader that does not know it says so.
 */
const VERSION = 5
const READABLE: readonly unknown[] = [1, 2, 3, 4, VERSION]

const NOTE =
  'This file holds the secret that keys the ids of returning visitors: without it a restored site would take them for new ones. Keep it as you keep the data.'

const ndjson = (c: Context<HonoEnv>, lines: readonly unknown[]): Response =>
  c.body(`${lines.map(line => JSON.stringify(line)).join('\n')}\n`, 200, {
    'content-type': 'application/x-ndjson',
    'cache-control': 'no-store',
  })

const firstPart = ({ id: _, ...site }: SiteConfig): unknown[] => [
  { footfall: 'backup', version: VERSION, part: 0, note: NOTE, site },
  { next: FIRST_PART },
]

/** A cached site may not know yet that events were deleted. */
const currentConfig = async (directory: Directory, { domain }: SiteConfig): Promise<SiteConfig> => {
  const site = (await directory.list()).find(({ config }) => config.domain === domain)
  if (!site) throw unknownSite(domain)
  return site.config
}

const laterPart = async (site: SiteEngine, cursor: BackupCursor): Promise<unknown[]> => {
  const { sections, next } = await site.backup(cursor)
  return [
    { footfall: 'backup', version: VERSION, part: cursor.part, domain: site.config.domain },
    ...sections.flatMap(({ table, columns, rows }) => [{ table, columns }, ...rows]),
    { next },
  ]
}

const cursorOf = (text: string): BackupCursor => {
  const cursor = parseJson(text)
  if (!isCursor(cursor)) throw new Problem(400, 'bad_cursor', '"after" must be the "next" of the part before.')
  return cursor
}

const bad = (message: string): Problem => new Problem(400, 'bad_backup', message)

const siteExists = new Problem(
  409,
  'site_exists',
  'There is a site with this domain: a backup is restored only where there is none. Delete the site first, if you are sure.',
)

const siteIn = (given: unknown, domain: string): RestoredSite => {
  if (!isFields(given)) throw bad('The first line of the first part must hold the site.')
  const { name, timezone, currency, settings, secret, created, keptFrom = 0, keptDay = 0 } = given
  if (given.domain !== domain)
    throw new Problem(400, 'wrong_site', `This is a backup of another site than "${domain}".`)
  const isWhole =
    typeof name === 'string' &&
    typeof timezone === 'string' &&
    isTimeZone(timezone) &&
    typeof currency === 'string' &&
    isCurrency(currency) &&
    typeof secret === 'string' &&
    /^[0-9a-f]{64}$/.test(secret) &&
    [created, keptFrom, keptDay].every(Number.isSafeInteger)
  if (!isWhole)
    throw bad(
      'The site lacks a name, a time zone, a currency, its secret, when it was made or since when its facts are kept.',
    )
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
  }
}

/** The lines of a part, checked as far as they say what the rows are. */
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
        throw bad('A line that is no row must name a table and its columns.')
      }
      sections.push({ table, columns, rows: [] })
    } else if (current && Array.isArray(line) && line.length === current.columns.length && line.every(isValue)) {
      current.rows.push(line)
    } else throw bad(`A row of ${current?.table ?? 'no table'} does not have its columns.`)
  }
  return sections
}

const linesOf = (text: string): PartLines => {
  const lines = text
    .split('\n')
    .filter(line => line !== '')
    .map(parseJson)
  const [head, tail] = [lines[0], lines.at(-1)]
  if (!isFields(head) || head.footfall !== 'backup') throw bad('A part begins with a line {"footfall":"backup",…}.')
  if (!READABLE.includes(head.version)) {
    throw new Problem(400, 'newer_backup', 'A later release wrote this backup: update this one, then restore.')
  }
  if (lines.length < 2 || !isFields(tail) || tail.next === undefined) {
    throw bad('The part is cut off: its last line must be {"next":…}.')
  }
  const part = head.part
  if (typeof part !== 'number' || !Number.isSafeInteger(part)) throw bad('The first line must number the part.')
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
  if (head.domain !== domain) throw new Problem(400, 'wrong_site', `This is a backup of another site than "${domain}".`)
  const restore = await directory.findRestore(domain)
  if (!restore) {
    await expectNoSite(directory, domain)
    throw new Problem(409, 'no_restore', 'Send the first part first: there is no restore to go on with.')
  }
  if (part !== restore.part && part !== restore.part - 1) {
    throw new Problem(409, 'wrong_part', `Part ${restore.part} comes next, not part ${part}.`)
  }
  await directory.restorePart(restore, part, sections, { version: Number(head.version), isLast })
}

/** What the tables refuse is the file's fault; nothing of the part is stored then. */
const asProblem = (error: unknown): unknown => {
  if (error instanceof InvalidBackup) return bad(error.message)
  if (/UNIQUE constraint failed: sites/.test(String(error))) return siteExists
  if (/constraint failed|cannot store|malformed JSON/.test(String(error))) {
    return bad('A row holds what its table cannot; nothing of this part was stored.')
  }
  return error
}

/** `GET …/backup` and `POST …/restore` of a site: part by part, each small enough for one run of a Worker. */
export const backupRoutes = [
  route('GET', '/api/v1/sites/:domain/backup', OWNER_OF_SITE, async c => {
    const site = siteOf(c)
    const after = c.req.query('after')
    if (after !== undefined) return ndjson(c, await laterPart(site, cursorOf(after)))
    return ndjson(c, firstPart(await currentConfig(directoryOf(c), site.config)))
  }),
  route('POST', '/api/v1/sites/:domain/restore', OWNER, async c => {
    const domain = c.req.param('domain')
    const lines = linesOf(await readText(c.req.raw, LIMITS.restoreBytes))
    try {
      await (lines.part === 0 ? begin : goOn)(directoryOf(c), domain, lines)
    } catch (error) {
      throw asProblem(error)
    }
    return c.json({ part: lines.part, done: lines.isLast })
  }),
  route('DELETE', '/api/v1/sites/:domain/restore', OWNER, async c => {
    const restore = await directoryOf(c).findRestore(c.req.param('domain'))
    if (!restore) throw new Problem(404, 'no_restore', 'No restore of this site is under way.')
    await directoryOf(c).endRestore(restore)
    return c.body(null, 204)
  }),
]
