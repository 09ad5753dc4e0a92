/** Every name of one letter. */
export const ALPHABET = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$'

const TEXT = /"(?:\\.|[^"\\])*"/
const PATTERN = /(?<=[(,=:?[!&|{};>])\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[])+\/[a-z]*/
// Neither a part of a word, nor behind a dot that is not the last of three, nor an object's key.
const NAME = /(?<![\w$]|(?<!\.\.)\.)([A-Za-z_$])(?![\w$])(?!(?<=[{,].):)/
const TOKEN = new RegExp([TEXT, PATTERN, NAME, /[\w$]+/, /[\s\S]/].map(part => part.source).join('|'), 'g')

/**
 * Gives minified code other names of one letter.
 *
 * A minifier cannot know which letters compress best: a name that ends in the letter that another text begins with makes a
 * longer match for the compressor. Every letter is swapped for one other, so the code stays the same.
 * @param letters a permutation of `ALPHABET`
 * @example rename('let a=b=>b.a', 'bacd…') // 'let b=a=>a.a'
 */
export const rename = (code: string, letters: string): string =>
  code.replace(TOKEN, (token, name?: string) => (name ? (letters[ALPHABET.indexOf(name)] as string) : token))
