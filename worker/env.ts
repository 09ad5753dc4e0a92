import type { QueuedEvents } from './collect/store/queuedEvents'

/** What the Worker is given by wrangler.toml, secrets and the local server. */
export interface Env {
  readonly DB: D1Database
  /** The owner's key to everything; without it the admin's addresses answer 503. */
  readonly ADMIN_TOKEN?: string
  /** `"1"` serves the demo shop. */
  readonly DEMO?: string
  /** Counts beacons by client and calls by key, for all isolates of a place. */
  readonly BEACONS?: RateLimit
  readonly CALLS?: RateLimit
  /** Takes beacons that D1 is too busy for; without it they are answered 503. */
  readonly QUEUE?: Queue<QueuedEvents>
}

export type HonoEnv = { Bindings: Env }
