/** D1 takes a parameter of up to 2 MB. */
const BYTES = 900_000

/**
 * Rows as JSON array texts, each small enough to be one bound parameter: many rows, one statement.
 * @see https://developers.cloudflare.com/d1/platform/limits/
 */
export const jsonChunks = (rows: readonly unknown[]): string[] => {
  const chunks: string[] = []
  let current: string[] = []
  let size = 0
  for (const row of rows) {
    const text = JSON.stringify(row)
    // A character is at most three bytes of UTF-8 per UTF-16 unit.
    if (size + text.length * 3 > BYTES && current.length > 0) {
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
