import type { Context } from 'hono'
import type { HonoEnv } from '../env'
import { Problem } from '../lib/problem'
import type { PageShare } from '../storage/pageShares'
import { OF_KEY, pageShareOf } from './pageShareOf'
import { shareKeyIn } from './shareKey'
import { isShareOpen } from './shareSession'

/**
 * The share that a key opens.
 * @throws Problem `unknown_share`, `expired_share`, `missing_password`
 */
export const shareOfKey = async (c: Context<HonoEnv>, key: string): Promise<PageShare> => {
  const { token, session } = shareKeyIn(key)
  const share = await pageShareOf(c, token, OF_KEY)
  if (await isShareOpen(share, token, session, Date.now())) return share
  throw new Problem(401, 'missing_password', 'Enter the password of this link again.')
}
