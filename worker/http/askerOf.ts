import type { Context } from 'hono'
import type { HonoEnv } from '../env'
import type { Asker } from '../storage/signIns'

/** Who asks, as the guard of the route has identified them. */
export const askerOf = (c: Context<HonoEnv>): Asker => {
  const { asker } = c.var
  if (!asker) throw new Error('The guard of this route does not identify who asks.')
  return asker
}
