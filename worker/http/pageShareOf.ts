import type { Context } from 'hono'
import type { HonoEnv } from '../env'
import { Problem, type ProblemStatus } from '../lib/problem'
import type { PageShare } from '../storage/pageShares'
import { directoryOf } from './directoryOf'

const MOST_TOKEN = 100

interface Statuses {
  readonly unknown: ProblemStatus
  readonly expired: ProblemStatus
}

/** Of an address that a person opens. */
export const OF_ADDRESS: Statuses = { unknown: 404, expired: 410 }
/** Of a key that a program sends. */
export const OF_KEY: Statuses = { unknown: 401, expired: 401 }

/**
 * The share of pages with a token.
 * @throws Problem `unknown_share`, `expired_share`
 */
export const pageShareOf = async (
  c: Context<HonoEnv>,
  token: string,
  { unknown, expired }: Statuses,
): Promise<PageShare> => {
  const share = token.length > MOST_TOKEN ? null : await directoryOf(c).findPageShare(token)
  if (!share) throw new Problem(unknown, 'unknown_share', 'This link does not exist or was removed: ask for a new one.')
  if (share.expires === null || share.expires > Date.now()) return share
  throw new Problem(expired, 'expired_share', 'This link has expired: ask for a new one.')
}
