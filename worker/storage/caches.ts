import type { Answer } from '../../shared/question'
import { SlowResults } from '../lib/slowResults'
import { ClientShares } from './clientShares'
import { DailyBytes } from './dailyBytes'
import { DictionaryIds } from './dictionaryIds'
import type { SharedWrites } from './sharedWrites'
import type { SiteConfig } from './siteConfig'

interface CachedSite {
  readonly site: SiteConfig
  /** Epoch milliseconds. */
  readonly until: number
}

interface CachedHosts {
  /** Of the site that a host belongs to, by host. */
  readonly domains: ReadonlyMap<string, string>
  /** Epoch milliseconds. */
  readonly since: number
}

interface CachedSalt {
  readonly key: CryptoKey
  /** Epoch milliseconds. */
  readonly until: number
}

/** Everything an isolate remembers of one database. It belongs to that database: two in one isolate share nothing. */
export class Caches {
  /** By domain. */
  readonly sites = new Map<string, CachedSite>()
  siteHosts: CachedHosts | null = null
  readonly dictionaryIds = new DictionaryIds()
  readonly clientShares = new ClientShares()
  readonly dailyBytes = new DailyBytes()
  /** By site and local day. */
  readonly salts = new Map<string, CachedSalt>()
  /** By site and queries. */
  readonly answers = new SlowResults<PromiseSettledResult<Answer>[]>()
  /** By site, of beacons. */
  readonly sharedWrites = new Map<number, SharedWrites>()
  /** Built-in events that are in `sent_events`, as site/id. */
  readonly sentEvents = new Set<string>()
  /** Until when beacons go to the queue because the database was too busy, epoch milliseconds. */
  busyUntil = 0
  /** Whether the database said, since the cron last ran, that a day's rows are used up. */
  quotaExceeded = false
}
