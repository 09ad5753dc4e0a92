import { hmacKey, randomHex } from '../lib/hash'
import type { CachedDatabase } from '../storage/cachedDatabase'
import { type Database, statement } from '../storage/database'
import saltsDelete from '../storage/sql/salts.delete.sql'
import saltsInsert from '../storage/sql/salts.insert.sql'
import saltsOverwrite from '../storage/sql/salts.overwrite.sql'
import saltsSelect from '../storage/sql/salts.select.sql'
import { writeBatch } from '../storage/writeBatch'

/** A salt is gone within 48 hours of being made; the cron that destroys it may come an hour late. */
export const SALT_LIFETIME = 46 * 3_600_000

interface Salt {
  readonly key: CryptoKey
  readonly until: number
}

/** Bounds the memory. */
const MOST_CACHED = 500

const readSalt = async (db: Database, site: number, day: number, make: boolean): Promise<Salt | null> => {
  const select = statement(saltsSelect, site, day)
  const statements = make ? [statement(saltsInsert, site, day, randomHex(32), Date.now()), select] : [select]
  const row = (await db.batch<{ salt: string; created: number }>(statements)).at(-1)?.rows[0]
  return row ? { key: await hmacKey(row.salt), until: row.created + SALT_LIFETIME } : null
}

const nameOf = (site: number, day: number): string => `${site}/${day}`

const cachedKey = ({ caches }: CachedDatabase, site: number, day: number): CryptoKey | null => {
  const known = caches.salts.get(nameOf(site, day))
  const now = Date.now()
  return known && now < known.until && now >= known.until - SALT_LIFETIME ? known.key : null
}

const readKey = async (db: CachedDatabase, site: number, day: number, make: boolean): Promise<CryptoKey | null> => {
  const { salts } = db.caches
  salts.delete(nameOf(site, day))
  const read = await readSalt(db, site, day, make)
  if (!read) return null
  if (salts.size > MOST_CACHED) salts.clear()
  salts.set(nameOf(site, day), read)
  return read.key
}

const madeKey = async (db: CachedDatabase, site: number, day: number): Promise<CryptoKey> => {
  const key = await readKey(db, site, day, true)
  if (!key) throw new Error('a salt was made and could not be read')
  return key
}

/**
 * The key that hashes a site's cookieless visitors of one local day, made at random when first needed.
 * An import of history makes one for each of its days; it lives no longer.
 */
export const saltOf = (db: CachedDatabase, site: number, day: number): CryptoKey | Promise<CryptoKey> =>
  cachedKey(db, site, day) ?? madeKey(db, site, day)

/** The key of a day on which somebody was seen, `null` before it is made and after it is destroyed. */
export const existingSalt = (
  db: CachedDatabase,
  site: number,
  day: number,
): CryptoKey | null | Promise<CryptoKey | null> => cachedKey(db, site, day) ?? readKey(db, site, day, false)

/** Destroys the salts whose time has come. */
export const destroySalts = async (db: Database, now: number): Promise<void> => {
  const before = now - SALT_LIFETIME
  await writeBatch(
    db,
    [saltsOverwrite, saltsDelete].map(sql => statement(sql, before)),
  )
}
