import { sha256Hex } from '../../lib/hash'

const KEY = ',"sha256":"'
const REST = /^[0-9a-f]{64}"\}\n?$/

/**
 * Adds to a part the SHA-256 of everything before it, as the last field of the object on its last line.
 * @example await addPartChecksum('{"next":null}\n') // '{"next":null,"sha256":"5b…"}\n'
 */
export const addPartChecksum = async (part: string): Promise<string> => {
  const content = part.slice(0, part.lastIndexOf('}'))
  return `${content}${KEY}${await sha256Hex(content)}"}\n`
}

/** Whether a part is as it was written; `null` without a checksum. */
export const matchesPartChecksum = async (part: string): Promise<boolean | null> => {
  const position = part.lastIndexOf(KEY)
  const rest = part.slice(position + KEY.length)
  if (position < 0 || !REST.test(rest)) return null
  return rest.startsWith(await sha256Hex(part.slice(0, position)))
}
