/** What the headers of a webhook say about its signature: HMAC-SHA-256 in every provider's scheme. */
export interface Signature {
  /** The text that was signed. */
  readonly signed: string
  /** Several while the owner exchanges the secret. One that matches is enough. */
  readonly values: readonly Uint8Array<ArrayBuffer>[]
  /** When it was signed, epoch milliseconds; `null` where the provider does not say. */
  readonly time: number | null
}

/** The bytes of hexadecimal digits, `null` of anything else. */
const hexBytes = (text: string): Uint8Array<ArrayBuffer> | null =>
  /^(?:[0-9a-f]{2})+$/i.test(text) ? Uint8Array.from(text.match(/../g) ?? [], pair => Number.parseInt(pair, 16)) : null

/** The bytes of base64, `null` of anything else. */
const base64Bytes = (text: string): Uint8Array<ArrayBuffer> | null => {
  try {
    return Uint8Array.from(atob(text), char => char.charCodeAt(0))
  } catch {
    return null
  }
}

/** A list such as `t=1492774577,v1=5257a8…`, by name. */
const listed = (header: string, separator: string): ReadonlyMap<string, string[]> => {
  const values = new Map<string, string[]>()
  for (const part of header.split(separator)) {
    const [name = '', value = ''] = part.trim().split('=', 2)
    values.set(name, [...(values.get(name) ?? []), value])
  }
  return values
}

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
  const fields = listed(header ?? '', scheme.separator)
  const time = fields.get(scheme.time)?.[0] ?? ''
  const values = (fields.get(scheme.value) ?? []).map(hexBytes).filter(value => value !== null)
  if (!/^\d{1,12}$/.test(time) || values.length === 0) return null
  return { signed: `${time}${scheme.joint}${body}`, values, time: Number(time) * 1000 }
}

/** A signature over the body alone, in base64; `null` if the header has no such form. */
export const bodySignature = (header: string | null, body: string): Signature | null => {
  const value = base64Bytes(header ?? '')
  return value?.length ? { signed: body, values: [value], time: null } : null
}
