import type { Question } from '../shared/question'
import type { QueuedEvents } from './collect/store/queuedEvents'
import type { SiteEngine } from './site'
import type { Asker } from './storage/signIns'
import type { CloudflarePlan } from './storage/statementBudget'

/** What the Worker is given by wrangler.toml, secrets and the local server. */
export interface Env {
  readonly DB: D1Database
  /** The owner's key to everything; without it the admin's addresses answer 503. */
  readonly ADMIN_TOKEN?: string
  /** The team's name at Cloudflare Access, or its address, and the audience tag of the application in front of the dashboard. */
  readonly ACCESS_TEAM?: string
  readonly ACCESS_AUD?: string
  /** Cloudflare's plan, by which the cron divides its work; `none` on a server of one's own. */
  readonly PLAN?: CloudflarePlan
  /** Paths of the script and the endpoint that the owner chose, as `shared/collectorPaths.ts` reads them. */
  readonly SCRIPT_PATH?: string
  readonly ENDPOINT_PATH?: string
  /** `"1"` serves the demo shop. */
  readonly DEMO?: string
  /** Counts beacons by client and calls by key, for all isolates of a place. */
  readonly BEACONS?: RateLimit
  readonly CALLS?: RateLimit
  /** Takes beacons that D1 is too busy for; without it they are answered 503. */
  readonly QUEUE?: Queue<QueuedEvents>
  /** Takes each finished day as Parquet. */
  readonly EXPORTS?: R2Bucket
  /** Takes a backup of each site once a day. */
  readonly BACKUPS?: R2Bucket
  /** How many of them are kept of a site; 7 by default. */
  readonly KEEP_BACKUPS?: string
  /** Objects of the class `SiteObject`: with it a new site has an object of its own. */
  readonly SITES?: DurableObjectNamespace
  /** Sends email to verified addresses, from the address in `EMAIL_FROM`. */
  readonly EMAIL?: SendEmail
  readonly EMAIL_FROM?: string
  /** The zones at Cloudflare that sites are served from, like `shop.example=023e105f4ecef8ad9ca31a8372d0c353`, separated by commas. */
  readonly CLOUDFLARE_ZONES?: string
  /** A secret: the API token that reads their analytics. */
  readonly ANALYTICS_TOKEN?: string
}

/** Set by the guard of a route before its handler runs. */
interface Variables {
  /** The site that the request names. */
  site?: SiteEngine
  /** Who asks; not set on routes that anyone may call. */
  asker?: Asker
  /** The body of a query, which names its site. */
  questions?: Question | readonly Question[]
}

export type HonoEnv = { Bindings: Env; Variables: Variables }
