import { takingTurns } from '../lib/takingTurns'
import type { CachedDatabase } from './cachedDatabase'

/** The same database for long work, which lets other requests in after each call. */
export const yieldingDatabase = (db: CachedDatabase): CachedDatabase => ({
  caches: db.caches,
  all: (sql, ...values) => takingTurns(() => db.all(sql, ...values)),
  batch: statements => takingTurns(() => db.batch(statements)),
})
