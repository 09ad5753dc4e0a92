import type { Context } from 'hono'
import { routePath } from 'hono/route'
import type { ExcludedTraffic } from '../collect/filter/excludedTraffic'
import type { HonoEnv } from '../env'
import { logFailure } from '../lib/log'
import type { SiteEngine } from '../site'

/** Keeps excluded traffic apart. Where that fails, the answer is the same: nobody sends it again. */
export const keepExcluded = async (c: Context<HonoEnv>, site: SiteEngine, traffic: ExcludedTraffic): Promise<void> => {
  try {
    await site.keepExcluded(traffic)
  } catch (error) {
    logFailure(error, { method: c.req.method, route: routePath(c) })
  }
}
