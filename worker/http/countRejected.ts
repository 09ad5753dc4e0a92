import type { Context } from 'hono'
import { routePath } from 'hono/route'
import type { HonoEnv } from '../env'
import { logFailure } from '../lib/log'
import type { SiteEngine } from '../site'
import { directoryOf } from './directoryOf'

/**
 * Counts events that were rejected or excluded. A count that cannot be written is skipped: the events are stored,
 * rejected or excluded already, and the answer must not change.
 */
export const countRejected = async (
  c: Context<HonoEnv>,
  site: SiteEngine | null,
  reasons: readonly string[],
): Promise<void> => {
  try {
    await (site ?? directoryOf(c)).countRejected(reasons)
  } catch (error) {
    logFailure(error, { method: c.req.method, route: routePath(c) })
  }
}
