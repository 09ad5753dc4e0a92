import { isoBase64URL, isoCBOR } from '@simplewebauthn/server/helpers'

const encoder = new TextEncoder()

const concat = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

const sha256 = async (data: Uint8Array<ArrayBuffer>): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', data))

const uint = (value: number, bytes: number): Uint8Array =>
  Uint8Array.from({ length: bytes }, (_, i) => (value >> (8 * (bytes - 1 - i))) & 255)

const text64 = (text: string): string => isoBase64URL.fromBuffer(encoder.encode(text))

/** An integer of DER: no leading zeros, and one where the first bit is set. */
const derInteger = (bytes: Uint8Array): Uint8Array => {
  const first = bytes.findIndex(byte => byte !== 0)
  const significant = bytes.subarray(first)
  const value = (significant[0] ?? 0) > 127 ? concat(uint(0, 1), significant) : significant
  return concat(uint(2, 1), uint(value.length, 1), value)
}

/** What an attacker may claim instead of the truth. */
export interface Claims {
  readonly origin?: string
  readonly rpId?: string
  readonly type?: string
  /** Whether the user gave a fingerprint or a PIN. */
  readonly isVerified?: boolean
}

/**
 * An authenticator in a few lines, which signs whatever it is told to.
 * @see https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data
 */
export class SoftPasskey {
  readonly #id = crypto.getRandomValues(new Uint8Array(16))
  readonly #keys: CryptoKeyPair
  counter = 0

  private constructor(keys: CryptoKeyPair) {
    this.#keys = keys
  }

  static async make(): Promise<SoftPasskey> {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
    return new SoftPasskey((await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair)
  }

  get id(): string {
    return isoBase64URL.fromBuffer(this.#id)
  }

  async #authenticatorData(flags: number, { rpId = 'stats.example', isVerified = true }: Claims): Promise<Uint8Array> {
    this.counter += 1
    return concat(await sha256(encoder.encode(rpId)), uint(flags | 1 | (isVerified ? 4 : 0), 1), uint(this.counter, 4))
  }

  async #publicKey(): Promise<Uint8Array> {
    const { x = '', y = '' } = (await crypto.subtle.exportKey('jwk', this.#keys.publicKey)) as JsonWebKey
    const cose = new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, isoBase64URL.toBuffer(x)],
      [-3, isoBase64URL.toBuffer(y)],
    ])
    return isoCBOR.encode(cose as never)
  }

  #answer(response: object) {
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {}, response }
  }

  static #clientData(type: string, challenge: string, claims: Claims): string {
    return JSON.stringify({ type: claims.type ?? type, challenge, origin: claims.origin ?? 'https://stats.example' })
  }

  async register(challenge: string, claims: Claims = {}) {
    const authData = concat(
      await this.#authenticatorData(0x40, claims),
      new Uint8Array(16),
      uint(this.#id.length, 2),
      this.#id,
      await this.#publicKey(),
    )
    const attestation = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ])
    return this.#answer({
      clientDataJSON: text64(SoftPasskey.#clientData('webauthn.create', challenge, claims)),
      attestationObject: isoBase64URL.fromBuffer(isoCBOR.encode(attestation as never)),
    })
  }

  async signIn(challenge: string, claims: Claims = {}) {
    const clientData = SoftPasskey.#clientData('webauthn.get', challenge, claims)
    const authData = await this.#authenticatorData(0, claims)
    const signed = concat(authData, await sha256(encoder.encode(clientData)))
    const raw = new Uint8Array(
      await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, this.#keys.privateKey, signed),
    )
    const integers = concat(derInteger(raw.subarray(0, 32)), derInteger(raw.subarray(32)))
    return this.#answer({
      clientDataJSON: text64(clientData),
      authenticatorData: isoBase64URL.fromBuffer(authData as Uint8Array<ArrayBuffer>),
      signature: isoBase64URL.fromBuffer(concat(uint(0x30, 1), uint(integers.length, 1), integers)),
    })
  }
}
