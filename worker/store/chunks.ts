/** D1 takes a parameter of up to 2 MB. */
const PARAMETER = 900_000

/**
 * Rows as JSON array texts, each small enough to be one bound parameter: many rows, one statement.
 * @param bytes that a text may have, where a single row does not have more
 * @see https://developers.cloudflare.com/d1/platform/limits/
 */
export const jsonChunks = (rows: readonly unknown[], bytes: number = PARAMETER): string[] => {
  const chunks: string[] = []
  let current: string[] = []
  let size = 0
  for (const row of rows) {
    const text = JSON.stringify(row)
    // A character is at most three bytes of UTF-8 per UTF-16 unit.
    if (size + text.length * 3 > bytes && current.length > 0) {
      chunks.push(`[${current.join(',')}]`)
      current = []
      size = 0
    }
    current.push(text)
    size += text.length * 3
  }
  if (current.length > 0) chunks.push(`[${current.join(',')}]`)
  return chunks
}
