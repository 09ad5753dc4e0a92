const TEXT = /"(?:\\.|[^"\\])*"/
const PATTERN = /(?<=[(,=:?[!&|{};>])\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[])+\/[a-z]*/
// Not part of a word, a property (after a dot that does not end a spread), or an object's key.
const NAME = /(?<![\w$]|(?<!\.\.)\.)([A-Za-z_$])(?![\w$])(?!(?<=[{,].):)/

/** Strings and regular expressions whole, names of one letter as the first group, and other words and characters. */
export const TOKEN = new RegExp([TEXT, PATTERN, NAME, /[\w$]+/, /[\s\S]/].map(part => part.source).join('|'), 'g')
