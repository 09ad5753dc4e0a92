import type { Context } from 'hono'
import type { HonoEnv } from '../env'
import type { Asker } from '../storage/signIns'

/** Who asks, where the access of the route has found out. */
export const askerOf = (c: Context<HonoEnv>): Asker => {
  const { asker } = c.var
  if (!asker) throw new Error('The access of this route does not say who asks.')
  return asker
}
