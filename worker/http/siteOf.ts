import type { Context } from 'hono'
import type { HonoEnv } from '../env'
import type { SiteEngine } from '../site'

/** The site that a request names, where the access of its route has let it pass. */
export const siteOf = (c: Context<HonoEnv>): SiteEngine => {
  const { site } = c.var
  if (!site) throw new Error('The access of this route names no site.')
  return site
}
