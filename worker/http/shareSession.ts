import { HOUR } from '../../shared/time'
import { sameDigest, sha256Hex } from '../lib/hash'
import type { PageShare } from '../storage/pageShares'

/** Whoever opens the page later enters the password again. */
export const SHARE_SESSION = 12 * HOUR

/** Only the server knows the hash of the password. */
const digestOf = ({ password }: PageShare, token: string, expires: string): Promise<string> =>
  sha256Hex(`${expires}\n${token}\n${password}`)

/** Shows for twelve hours that the password of a share was entered. Nothing is stored, and it ends with the share. */
export const newShareSession = async (share: PageShare, token: string, now: number): Promise<string> => {
  const expires = String(now + SHARE_SESSION)
  return `${expires}.${await digestOf(share, token, expires)}`
}

/** Whether somebody may see a share: it has no password, or this session shows that it was entered. */
export const isShareOpen = async (share: PageShare, token: string, session: string, now: number): Promise<boolean> => {
  if (share.password === null) return true
  const [expires = '', digest = ''] = session.split('.')
  return /^\d+$/.test(expires) && Number(expires) > now && sameDigest(digest, await digestOf(share, token, expires))
}
