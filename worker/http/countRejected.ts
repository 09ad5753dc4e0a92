import type { Context } from 'hono'
import { routePath } from 'hono/route'
import type { HonoEnv } from '../env'
import { logFailure } from '../lib/log'
import { countRejections } from '../storage/rejections'
import { databaseOf } from './databaseOf'

/**
 * Adds to the kept counts of what was refused or dropped. A count that cannot be written is left out: it must not
 * change the answer to what is stored, refused or dropped already.
 */
export const countRejected = async (
  c: Context<HonoEnv>,
  site: number | null,
  reasons: readonly string[],
): Promise<void> => {
  try {
    await countRejections(databaseOf(c), site, reasons)
  } catch (error) {
    logFailure(error, { method: c.req.method, route: routePath(c) })
  }
}
