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
