/**
 * D1 refuses longer patterns.
 * @see https://developers.cloudflare.com/d1/platform/limits/
 */
export const GLOB_BYTES = 50

/**
 * A pattern whose `*` is any run of characters, as SQLite's glob takes it.
 * @example globOf('/cart?/*') // '/cart[?]/*'
 */
export const globOf = (pattern: string): string => pattern.replaceAll(/[?[]/g, character => `[${character}]`)

/** Whether D1 takes a pattern. */
export const fitsGlob = (pattern: string): boolean => new TextEncoder().encode(globOf(pattern)).length <= GLOB_BYTES
