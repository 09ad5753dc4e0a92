import type { Context } from 'hono'
import type { HonoEnv } from '../env'
import { d1 } from '../storage/d1'
import type { Database } from '../storage/database'

/** The database that a request's Worker is bound to. */
export const databaseOf = (c: Context<HonoEnv>): Database => d1(c.env.DB)
