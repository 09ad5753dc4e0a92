import { EVENTS } from '../../shared/events'
import { HOUR } from '../../shared/time'
import { type Database, statement } from './database'
import countActive from './sql/facts.count_active.sql'
import selectLatest from './sql/facts.select_latest.sql'

/** Who counts as being there: whoever did something in the last five minutes. */
const ACTIVE = 5 * 60_000

/** How far back is looked: all that began in an hour is read to find the last of it. */
const READ = HOUR

const MOST = 30

/** Something that happened, and not to whom; `null` where it is not known. */
export interface RecentEvent {
  /** Epoch milliseconds. */
  readonly time: number
  readonly name: string
  readonly path: string | null
  /** Of what brought the visitor to this very page. */
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

/** Who is there at a time, and what happened last in this hour and the one before. It reads the facts of two hours at most. */
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
