/** Escaped signs of a regular expression that stand for themselves. */
const ESCAPED = /\\([/.\-() +!:])/g
/** A letter in either case, as in `[wW]get`. */
const EITHER_CASE = /\[([a-z])([A-Z])\]|\[([A-Z])([a-z])\]/g
const SHORTEST = 4

const nameOf = (pattern: string): string | null => {
  const plain = pattern.replace(EITHER_CASE, (_, _lower, upper, first) => upper ?? first).replace(/^\^/, '')
  if (/[[\]|^$*+?{}\\]|(?<!\\)[()]/.test(plain.replace(ESCAPED, ''))) return null
  const name = plain
    .replace(ESCAPED, '$1')
    .replace(/[/ ]+$/, '')
    .trim()
  return name.length >= SHORTEST ? name : null
}

/**
 * The names of programs in the patterns of crawler-user-agents, each once. Patterns that stand for several names are
 * skipped.
 * @example agentsIn([{ pattern: 'Googlebot\\/' }, { pattern: '[wW]get' }]) // ['Googlebot', 'Wget']
 */
export const agentsIn = (entries: readonly { readonly pattern: string }[]): string[] =>
  [...new Set(entries.flatMap(({ pattern }) => nameOf(pattern) ?? []))].sort()
