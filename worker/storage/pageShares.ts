import type { Filter } from '../../shared/question'
import { MINUTE } from '../../shared/time'
import { randomHex, sha256Hex } from '../lib/hash'
import { hashPassword } from '../lib/hashPassword'
import { type Database, firstRow } from './database'
import sharesCountTry from './sql/shares.count_try.sql'
import sharesForgiveTry from './sql/shares.forgive_try.sql'
import sharesInsert from './sql/shares.insert.sql'
import sharesSelectPages from './sql/shares.select_pages.sql'

/** Bytes. */
const TOKEN = 24
/** The query of a share of pages. */
const NO_QUERY = 'null'

/** What a share of pages shows. */
export interface SharedView {
  /** Ids of pages. */
  readonly pages: readonly string[]
  /** Every query passes them. */
  readonly filters: readonly Filter[]
  /** The hosts that may show it in a frame. */
  readonly embed_hosts: readonly string[]
}

/** A share of pages as somebody makes it. */
export interface NewPageShare extends SharedView {
  readonly name: string
  readonly password: string | null
  /** Epoch milliseconds, `null` for never. */
  readonly expires: number | null
}

/** Makes a share of pages; the token is in the answer and nowhere else. */
export const addPageShare = async (
  db: Database,
  site: number,
  { name, password, expires, ...view }: NewPageShare,
): Promise<{ readonly id: string; readonly token: string }> => {
  const token = randomHex(TOKEN)
  const row = await firstRow<{ id: number }>(
    db,
    sharesInsert,
    site,
    name,
    await sha256Hex(token),
    NO_QUERY,
    Date.now(),
    expires,
    JSON.stringify(view),
    password === null ? null : await hashPassword(password, token),
  )
  return { id: String(row?.id), token }
}

/** A share of pages that somebody has opened. */
export interface PageShare extends SharedView {
  readonly id: number
  readonly domain: string
  /** As `hashPassword` returns it, `null` without one. */
  readonly password: string | null
  /** Epoch milliseconds, `null` for never. */
  readonly expires: number | null
}

/** The share of pages with a token, `null` for none. */
export const findPageShare = async (db: Database, token: string): Promise<PageShare | null> => {
  const row = await firstRow<Omit<PageShare, keyof SharedView> & { readonly view: string }>(
    db,
    sharesSelectPages,
    await sha256Hex(token),
  )
  if (!row) return null
  const { view, ...share } = row
  return { ...share, ...(JSON.parse(view) as SharedView) }
}

const minuteOf = (now: number): number => Math.floor(now / MINUTE)

/**
 * Counts a try of a share's password, before it is checked.
 * @param most tries in a minute
 * @returns whether it may be checked
 */
export const countTry = async (db: Database, { id }: PageShare, most: number, now: number): Promise<boolean> =>
  (await firstRow(db, sharesCountTry, id, minuteOf(now), most)) !== null

/** Takes back what `countTry` counted: the password was right. */
export const forgiveTry = async (db: Database, { id }: PageShare, now: number): Promise<void> => {
  await db.all(sharesForgiveTry, id, minuteOf(now))
}
