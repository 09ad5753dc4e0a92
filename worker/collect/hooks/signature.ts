/** What the headers of a webhook say about its signature: HMAC-SHA-256 in every provider's scheme. */
export interface Signature {
  /** The text that was signed. */
  readonly signed: string
  /** Several while the owner exchanges the secret. One that matches is enough. */
  readonly values: readonly Uint8Array<ArrayBuffer>[]
  /** When it was signed, epoch milliseconds; `null` where the provider does not say. */
  readonly time: number | null
}

/** Characters of a header. Longer ones are read as if they were absent. */
const LONGEST = 2_048

/** Anybody may send a webhook, and each value is compared over the whole body. */
const MOST_VALUES = 5

/** Bytes of HMAC-SHA-256. */
const BYTES = 32

/** The bytes of a value in hexadecimal digits, `null` of anything else. */
const hexBytes = (text: string): Uint8Array<ArrayBuffer> | null =>
  /^[0-9a-f]{64}$/i.test(text) ? Uint8Array.from(text.match(/../g) ?? [], pair => Number.parseInt(pair, 16)) : null

/** The bytes of a value in base64, `null` of anything else. */
const base64Bytes = (text: string): Uint8Array<ArrayBuffer> | null => {
  try {
    const bytes = Uint8Array.from(atob(text), char => char.charCodeAt(0))
    return bytes.length === BYTES ? bytes : null
  } catch {
    return null
  }
}

const short = (header: string | null): string => (header === null || header.length > LONGEST ? '' : header)

/** The pairs of a list such as `t=1492774577,v1=5257a8…`. */
const pairsOf = (header: string, separator: string) =>
  header.split(separator).map(part => {
    const [name = '', value = ''] = part.trim().split('=', 2)
    return { name, value }
  })

/** The names and signs of a header with a time and hexadecimal signatures. */
interface TimedScheme {
  readonly separator: string
  readonly time: string
  readonly value: string
  /** Between time and body in the text that is signed. */
  readonly joint: string
}

/**
 * A signature over the time and the body; `null` if the header has no such form.
 * @example timedSignature('t=1492774577,v1=5257a8', '{}', { separator: ',', time: 't', value: 'v1', joint: '.' })
 */
export const timedSignature = (header: string | null, body: string, scheme: TimedScheme): Signature | null => {
  const pairs = pairsOf(short(header), scheme.separator)
  const time = pairs.find(({ name }) => name === scheme.time)?.value ?? ''
  const values = pairs
    .filter(({ name }) => name === scheme.value)
    .flatMap(({ value }) => hexBytes(value) ?? [])
    .slice(0, MOST_VALUES)
  if (!/^\d{1,12}$/.test(time) || values.length === 0) return null
  return { signed: `${time}${scheme.joint}${body}`, values, time: Number(time) * 1000 }
}

/** A signature over the body alone, in base64; `null` if the header has no such form. */
export const bodySignature = (header: string | null, body: string): Signature | null => {
  const value = base64Bytes(short(header))
  return value ? { signed: body, values: [value], time: null } : null
}
