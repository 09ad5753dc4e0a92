import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { isFields } from '../../collect/parse/fields'
import type { HonoEnv } from '../../env'
import { randomHex, sha256Hex } from '../../lib/hash'
import { Problem } from '../../lib/problem'
import { directoryOf } from '../directoryOf'
import { requireFewChallenges } from '../rateLimit'
import { cookieAttributes } from '../signInSession'

const COOKIE = 'footfall_challenge'
const SECONDS = 300
/** Bytes. */
const TOKEN = 32

/** Binds a challenge to the browser that asked for it. */
const digestOf = (challenge: string, token: string): Promise<string> => sha256Hex(`${challenge}\n${token}`)

/**
 * Keeps a challenge for this browser, for five minutes.
 * @throws Problem `rate_limited`
 */
export const keepChallenge = async (c: Context<HonoEnv>, challenge: string): Promise<void> => {
  requireFewChallenges(c)
  const token = randomHex(TOKEN)
  await directoryOf(c).addChallenge(await digestOf(challenge, token), Date.now() + SECONDS * 1000)
  setCookie(c, COOKIE, token, { ...cookieAttributes(c), maxAge: SECONDS })
}

/** The challenge that a passkey has signed; empty if it cannot be read. */
const signedChallenge = (clientData: string): string => {
  try {
    const data: unknown = JSON.parse(atob(clientData.replaceAll('-', '+').replaceAll('_', '/')))
    return isFields(data) && typeof data.challenge === 'string' ? data.challenge : ''
  } catch {
    return ''
  }
}

/**
 * The challenge in the answer of a passkey, if this browser was given it and has not used it yet.
 * @param clientData `clientDataJSON` of the answer
 * @throws Problem `wrong_challenge`
 */
export const takeChallenge = async (c: Context<HonoEnv>, clientData: string): Promise<string> => {
  const [challenge, token] = [signedChallenge(clientData), getCookie(c, COOKIE) ?? '']
  if (await directoryOf(c).takeChallenge(await digestOf(challenge, token))) return challenge
  throw new Problem(400, 'wrong_challenge', 'This took more than five minutes or was already used. Try again.')
}
