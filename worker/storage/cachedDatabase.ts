import type { Caches } from './caches'
import type { Database } from './database'

/** A database with what this isolate remembers of it. */
export interface CachedDatabase extends Database {
  readonly caches: Caches
}
