/**
 * A value as it crosses to an object and back: JSON, which holds plain data only. A call carries at most 32 MiB by
 * value and any number of bytes by stream, and takes no object without a prototype, such as a parsed event's properties.
 * @see https://developers.cloudflare.com/workers/runtime-apis/rpc/
 */
export type Packed = string | ReadableStream

/** Characters, of two bytes at most. */
const LONGEST_TEXT = 8_000_000

export const pack = (value: unknown): Packed => {
  const text = JSON.stringify(value)
  return text.length > LONGEST_TEXT ? (new Response(text).body ?? text) : text
}

/** Reads what `pack` made of a value of the type. */
export const unpack = async <T>(packed: Packed): Promise<T> =>
  typeof packed === 'string' ? JSON.parse(packed) : new Response(packed).json()
