import type { Context } from 'hono'
import type { HonoEnv } from '../env'
import type { SignIn } from '../storage/signIns'
import { readAccess } from './readAccess'
import { readSession } from './signInSession'

/** Who is signed in: by the cookie, or else by Cloudflare Access; `null` for nobody. */
export const readSignIn = async (c: Context<HonoEnv>): Promise<SignIn | null> => {
  const session = await readSession(c)
  return session?.asker ? session : ((await readAccess(c)) ?? session)
}
