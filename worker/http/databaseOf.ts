import type { Context } from 'hono'
import type { HonoEnv } from '../env'
import type { CachedDatabase } from '../storage/cachedDatabase'
import { d1 } from '../storage/d1'

/** The database that a request's Worker is bound to. */
export const databaseOf = (c: Context<HonoEnv>): CachedDatabase => d1(c.env.DB)
