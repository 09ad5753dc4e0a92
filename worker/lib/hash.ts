/**
 * A 52-bit hash of a string, for ids that must be equal for equal strings and need not resist an attacker.
 *
 * Two 32-bit FNV-1a passes with different offsets, mixed; 52 bits so that the number is exact in
 * JavaScript and in SQLite.
 * @see http://www.isthe.com/chongo/tech/comp/fnv/ the parameters
 */
export const hash52 = (text: string): number => {
  let a = 0x811c9dc5
  let b = 0x2f0b4f27
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 0x01000193)
    b = Math.imul(b ^ unit ^ (a >>> 13), 0x01000193)
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b)
  b = Math.imul(b ^ (b >>> 15) ^ a, 0xc2b2ae35)
  return (b >>> 0) * 0x100000 + ((a ^ (b >>> 16)) & 0xfffff)
}

/** A hash of 47 bits: SQLite keeps it in six bytes. */
export const hash47 = (text: string): number => hash52(text) % 0x800000000000

const encoder = new TextEncoder()

/** An HMAC-SHA-256 key made from the text of a secret. */
export const hmacKey = (secret: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])

/** The first 47 bits of an HMAC-SHA-256, at least 1: a visitor's or a user's number. */
export const keyedHash47 = async (key: CryptoKey, text: string): Promise<number> => {
  const view = new DataView(await crypto.subtle.sign('HMAC', key, encoder.encode(text)))
  return (view.getUint16(0) & 0x7fff) * 0x100000000 + view.getUint32(2) || 1
}

/** The kind of a persistent id; equal ids of two kinds are two numbers. */
export type LastingKind = 'visitor' | 'browser' | 'user'

/**
 * The number of a persistent id on the site whose secret made the key. It is below 0, and different on every site.
 * @example await lastingId(await hmacKey(site.secret), 'user', 'u_42')
 */
export const lastingId = async (key: CryptoKey, kind: LastingKind, id: string): Promise<number> =>
  -(await keyedHash47(key, `${kind}\n${id}`))

/** Bytes in lower-case hexadecimal. */
export const hexOf = (bytes: Uint8Array): string => [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')

/** SHA-256 in lower-case hexadecimal. */
export const sha256Hex = async (text: string): Promise<string> =>
  hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text))))

/** `bytes` random bytes in lower-case hexadecimal. */
export const randomHex = (bytes: number): string => hexOf(crypto.getRandomValues(new Uint8Array(bytes)))

/** Whether two digests are equal, in constant time for one length. */
export const sameDigest = (a: string, b: string): boolean => {
  if (a.length !== b.length) return false
  let different = 0
  for (let i = 0; i < a.length; i++) different |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return different === 0
}
