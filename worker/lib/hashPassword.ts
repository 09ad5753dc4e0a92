import { hexOf, randomHex, sameDigest } from './hash'

/** Takes 3 ms of the 10 that Cloudflare's free plan gives a request. */
const ROUNDS = 20_000
const BITS = 256
/** Bytes. */
const SALT = 16

const encoder = new TextEncoder()

const derive = async (password: string, salt: string, rounds: number): Promise<string> => {
  const key = await crypto.subtle.importKey('raw', encoder.encode(password), 'PBKDF2', false, ['deriveBits'])
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt: encoder.encode(salt), iterations: rounds }
  return hexOf(new Uint8Array(await crypto.subtle.deriveBits(parameters, key, BITS)))
}

const saltOf = (salt: string, secret: string): string => `${salt}\n${secret}`

/**
 * A slow hash of a password, with its salt.
 * @param secret must be stored nowhere: whoever has the hash alone cannot check a guess
 */
export const hashPassword = async (password: string, secret: string): Promise<string> => {
  const salt = randomHex(SALT)
  return `${ROUNDS}:${salt}:${await derive(password, saltOf(salt, secret), ROUNDS)}`
}

/** Whether a password has this hash. */
export const isPassword = async (password: string, hash: string, secret: string): Promise<boolean> => {
  const [rounds = '', salt = '', digest = ''] = hash.split(':')
  return sameDigest(await derive(password, saltOf(salt, secret), Number(rounds)), digest)
}
