/**
 * D1 rejects longer patterns.
 * @see https://developers.cloudflare.com/d1/platform/limits/
 */
export const GLOB_BYTES = 50

/**
 * A pattern in which only `*` is special, in the syntax of SQLite's glob.
 * @example globOf('/cart?/*') // '/cart[?]/*'
 */
export const globOf = (pattern: string): string => pattern.replaceAll(/[?[]/g, character => `[${character}]`)

/** Whether D1 accepts a pattern. */
export const fitsGlob = (pattern: string): boolean => new TextEncoder().encode(globOf(pattern)).length <= GLOB_BYTES

/**
 * Whether a text matches a pattern of `globOf`, as SQLite's glob would. A regular expression could take exponential time.
 * @example matchesGlob('/blog/a', '/blog/*') // true
 */
export const matchesGlob = (text: string, glob: string): boolean => {
  const [first = '', ...rest] = glob.replaceAll(/\[([?[])\]/g, '$1').split('*')
  const last = rest.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return text.length - at >= last.length && text.endsWith(last)
}
