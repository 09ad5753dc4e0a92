import { DAY } from '../../shared/time'
import { logFailure } from '../lib/log'
import { type Database, firstRow, statement } from './database'
import type { SiteConfig } from './siteConfig'
import additionsAdd from './sql/additions.add.sql'
import additionsKeep from './sql/additions.keep.sql'
import additionsSelect from './sql/additions.select.sql'
import additionsSelectDays from './sql/additions.select_days.sql'

/** An isolate writes its bytes down once they are this part of a site's daily limit: at most a hundred rows a day. */
const PART = 0.01
/** Bounds the memory. */
const MOST_SITES = 1_000

interface Bytes {
  readonly day: number
  /** Received by all isolates, as of this one's last write. */
  total: number
  /** Received by this isolate since then. */
  pending: number
  /** How many pending bytes cause the next write. */
  next: number
}

/**
 * Bytes that sites received from browsers on this UTC day. Isolates learn of each other when they write, so each can
 * pass the limit by a hundredth at most, and most beacons cost no row.
 */
export class DailyBytes {
  readonly #bySite = new Map<number, Bytes>()

  #bytesOf(site: SiteConfig, day: number): Bytes {
    const known = this.#bySite.get(site.id)
    if (known?.day === day) return known
    const bytes = { day, total: 0, pending: 0, next: site.settings.daily_bytes * PART }
    if (this.#bySite.size >= MOST_SITES) this.#bySite.clear()
    this.#bySite.set(site.id, bytes)
    return bytes
  }

  /** Seconds until a site takes bytes from browsers again, 0 while it does. */
  secondsUntilBytes(site: SiteConfig): number {
    const now = Date.now()
    const { total, pending } = this.#bytesOf(site, Math.floor(now / DAY))
    return total + pending < site.settings.daily_bytes ? 0 : Math.ceil((DAY - (now % DAY)) / 1000)
  }

  /** Counts bytes that a site received from a browser. */
  add(db: Database, site: SiteConfig, count: number): null | Promise<void> {
    const bytes = this.#bytesOf(site, Math.floor(Date.now() / DAY))
    bytes.pending += count
    return bytes.pending < bytes.next ? null : this.#write(db, site, bytes)
  }

  /** After a failed write the next try comes after as many bytes more. */
  async #write(db: Database, site: SiteConfig, bytes: Bytes): Promise<void> {
    const { pending } = bytes
    bytes.pending = 0
    try {
      const row = await firstRow<{ count: number }>(db, additionsAdd, site.id, 'bytes', 'browser', bytes.day, pending)
      bytes.total = Number(row?.count)
      bytes.next = site.settings.daily_bytes * PART
    } catch (error) {
      bytes.pending += pending
      bytes.next += pending
      logFailure(error, { job: 'daily bytes', site: site.domain })
    }
  }
}

/** The last UTC day on which a site's bytes from browsers were counted; `null` when none were. */
export const lastDayOfBytes = (db: Database, site: number): Promise<{ day: number; count: number } | null> =>
  firstRow(db, additionsSelect, site, 'bytes', 'browser')

/** Days that are remembered for a trend: four of each weekday. */
const DAYS = 28
const KEPT = 'bytes_of_days'

/** The bytes from browsers of the last days, as of the last call on each: the count itself only knows one day. */
export const daysOfBytes = async (
  db: Database,
  site: number,
): Promise<readonly { readonly day: number; readonly used: number }[]> => {
  const results = await db.batch([
    statement(additionsKeep, site, KEPT, 'bytes', DAYS),
    statement(additionsSelectDays, site, KEPT),
  ])
  return (results[1]?.rows ?? []) as { day: number; used: number }[]
}
