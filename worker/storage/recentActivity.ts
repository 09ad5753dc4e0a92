import { EVENTS } from '../../shared/events'
import { HOUR } from '../../shared/time'
import { type Database, statement } from './database'
import countActive from './sql/facts.count_active.sql'
import selectLatest from './sql/facts.select_latest.sql'

/** A visitor is active for five minutes after the last activity. */
const ACTIVE = 5 * 60_000

/** How far back to read. */
const READ = HOUR

const MOST = 30

/** A recent event without its visitor; `null` where a value is unknown. */
export interface RecentEvent {
  /** Epoch milliseconds. */
  readonly time: number
  readonly name: string
  readonly path: string | null
  /** The channel of this very page view, not of its session. */
  readonly channel: string | null
  readonly country: string | null
  readonly device: string | null
}

export interface RecentActivity {
  readonly visitors: number
  /** Newest first. */
  readonly events: readonly RecentEvent[]
}

interface Row extends Omit<RecentEvent, 'name'> {
  readonly name: number
  readonly custom: string | null
}

const happening = ({ time, name, custom, path, channel, country, device }: Row): RecentEvent => ({
  time,
  name: custom ?? EVENTS[name]?.name ?? '',
  path,
  channel: channel || null,
  country: country || null,
  device: device || null,
})

/** Counts active visitors and lists the last events. It reads the page views and events of two hours at most. */
export const readRecentActivity = async (db: Database, site: number, now: number): Promise<RecentActivity> => {
  const hour = Math.floor((now - READ) / HOUR)
  const [active, last] = await db.batch<Record<string, unknown>>([
    statement(countActive, site, hour, now - ACTIVE, now),
    statement(selectLatest, site, hour, now, MOST),
  ])
  return {
    visitors: Number(active?.rows[0]?.visitors ?? 0),
    events: (last?.rows ?? []).map(row => happening(row as unknown as Row)),
  }
}
