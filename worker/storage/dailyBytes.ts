import { DAY } from '../../shared/time'
import { logFailure } from '../lib/log'
import { type Database, firstRow } from './database'
import type { Site } from './sites'
import additionsAdd from './sql/additions.add.sql'

/** An isolate writes down what it took in when it is this part of a site's day: a hundred rows a day at the most. */
const PART = 0.01
/** Bounds the memory. */
const MOST_SITES = 1_000

interface Bytes {
  readonly day: number
  /** By all isolates, when this one last wrote its own down. */
  total: number
  /** By this isolate since. */
  pending: number
  /** How many pending bytes are next written down. */
  next: number
}

const bySite = new Map<number, Bytes>()

const bytesOf = (site: Site, day: number): Bytes => {
  const known = bySite.get(site.id)
  if (known?.day === day) return known
  const bytes = { day, total: 0, pending: 0, next: site.settings.daily_bytes * PART }
  if (bySite.size >= MOST_SITES) bySite.clear()
  bySite.set(site.id, bytes)
  return bytes
}

/** A database that cannot count now is asked again after as many bytes more. */
const write = async (db: Database, site: Site, bytes: Bytes): Promise<void> => {
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

/** Seconds until a site takes bytes from browsers again, 0 while it does. */
export const secondsUntilBytes = (site: Site): number => {
  const now = Date.now()
  const { total, pending } = bytesOf(site, Math.floor(now / DAY))
  return total + pending < site.settings.daily_bytes ? 0 : Math.ceil((DAY - (now % DAY)) / 1000)
}

/**
 * Notes bytes that a site took from a browser. Isolates learn of each other when they write theirs down, so that the
 * limit is passed by at most a hundredth for each of them, and most beacons cost no row.
 */
export const noteBytes = (db: Database, site: Site, count: number): null | Promise<void> => {
  const bytes = bytesOf(site, Math.floor(Date.now() / DAY))
  bytes.pending += count
  return bytes.pending < bytes.next ? null : write(db, site, bytes)
}
