/** Every name of one letter. */
export const ALPHABET = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$'

const TEXT = /"(?:\\.|[^"\\])*"/
const PATTERN = /(?<=[(,=:?[!&|{};>])\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[])+\/[a-z]*/
// Not part of a word, a property (after a dot that does not end a spread), or an object's key.
const NAME = /(?<![\w$]|(?<!\.\.)\.)([A-Za-z_$])(?![\w$])(?!(?<=[{,].):)/

/** Strings and regular expressions whole, names of one letter as the first group, and other words and characters. */
export const TOKEN = new RegExp([TEXT, PATTERN, NAME, /[\w$]+/, /[\s\S]/].map(part => part.source).join('|'), 'g')

/**
 * Renames the one-letter variables of minified code.
 *
 * A minifier does not know which letters compress best: a name that repeats the end of the text before it gives the
 * compressor a longer match. Letters are only swapped with each other, so the code stays the same.
 * @param letters a permutation of `ALPHABET`
 * @example rename('let a=b=>b.a', 'bacd…') // 'let b=a=>a.a'
 */
export const rename = (code: string, letters: string): string =>
  code.replace(TOKEN, (token, name?: string) => (name ? (letters[ALPHABET.indexOf(name)] as string) : token))
