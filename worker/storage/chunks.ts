/** D1 takes a parameter of up to 2 MB. */
const PARAMETER = 900_000

/** A character is at most three bytes of UTF-8 per UTF-16 unit. */
export const bytesOf = (text: string): number => text.length * 3

/**
 * Items in their order, in lists that are each small enough.
 * @param bytes that a list may have, where a single item does not have more
 */
export const inChunks = <T>(items: readonly T[], sizeOf: (item: T) => number, bytes: number): T[][] => {
  const chunks: T[][] = []
  let size = 0
  for (const item of items) {
    const own = sizeOf(item)
    const current = chunks.at(-1)
    if (current && size + own <= bytes) {
      current.push(item)
      size += own
    } else {
      chunks.push([item])
      size = own
    }
  }
  return chunks
}

const textsOf = (chunks: readonly (readonly string[])[]): string[] => chunks.map(rows => `[${rows.join(',')}]`)

/**
 * Rows as JSON array texts, each small enough to be one bound parameter: many rows, one statement.
 * @param bytes that a text may have, where a single row does not have more
 * @see https://developers.cloudflare.com/d1/platform/limits/
 */
export const jsonChunks = (rows: readonly unknown[], bytes: number = PARAMETER): string[] =>
  textsOf(
    inChunks(
      rows.map(row => JSON.stringify(row)),
      bytesOf,
      bytes,
    ),
  )

const NUMBERS = 1_900_000

/** As `jsonChunks`, of rows of numbers, which have a byte per character and so fit into fewer texts; `null` for no rows. */
export const numberChunks = (rows: readonly unknown[]): readonly string[] | null => {
  const texts = rows.map(row => JSON.stringify(row))
  return rows.length === 0 ? null : textsOf(inChunks(texts, text => text.length + 1, NUMBERS))
}
