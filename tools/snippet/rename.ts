import { splitTop } from './splitTop.ts'
import { TOKEN } from './token.ts'

/** Every name of one letter. */
export const ALPHABET = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$'

const namesIn = (code: string): string[] => [...new Set([...code.matchAll(TOKEN)].flatMap(([, name]) => name ?? []))]

/** So many different letters that are not taken: those wanted first. */
const lettersFor = (count: number, wanted: string, taken: readonly string[]): string =>
  [...new Set(wanted + ALPHABET)]
    .filter(letter => !taken.includes(letter))
    .slice(0, count)
    .join('')

/** A declaration or a statement: its code, the variables that only it sees, and their letters. */
interface Part {
  readonly code: string
  readonly own: readonly string[]
  readonly letters: string
}

interface Renaming {
  /** The declared variables, which all parts see. */
  readonly declared: readonly string[]
  readonly letters: string
  readonly declarations: readonly Part[]
  readonly statements: readonly Part[]
}

const renamingOf = (code: string, wanted: string): Renaming => {
  const [first = '', ...statements] = splitTop(code, ';')
  const declarations = splitTop(first.slice('let '.length), ',')
  const [ofDeclared = '', ...ofParts] = wanted.split(' ')
  const declared = declarations.flatMap(text => namesIn(text)[0] ?? [])
  const letters = lettersFor(declared.length, ofDeclared, [])
  const partOf = (text: string): Part => {
    const names = namesIn(text)
    const taken = names.flatMap(name => letters[declared.indexOf(name)] ?? [])
    const own = names.filter(name => !declared.includes(name))
    return { code: text, own, letters: own.length > 0 ? lettersFor(own.length, ofParts.shift() ?? '', taken) : '' }
  }
  return { declared, letters, declarations: declarations.map(partOf), statements: statements.map(partOf) }
}

/** The letters that `rename` uses, where others are wanted. */
export const wholeLetters = (code: string, wanted: string): string => {
  const { letters, declarations, statements } = renamingOf(code, wanted)
  return [letters, ...[...declarations, ...statements].map(part => part.letters).filter(Boolean)].join(' ')
}

/**
 * Renames the one-letter variables of minified code that begins with its declarations, as `declareFirst` returns it.
 *
 * A minifier does not know which letters compress best: a name that repeats the end of the text before it gives the
 * compressor a longer match. Each declaration and each statement chooses the letters of the variables that only it sees. Any
 * letters give code that does the same: where those wanted do not fit, others take their place. A property named like the
 * variable that it holds is written once.
 * @param wanted the letters of the declared variables, then, each behind a space, those of each part that has its own
 * @example rename('let a=b=>b.a,c;a(b=>b)', 'xy c d') // 'let x=c=>c.a,y;x(d=>d)'
 */
export const rename = (code: string, wanted: string): string => {
  const { declared, letters, declarations, statements } = renamingOf(code, wanted)
  const renamed = (part: Part): string => {
    const names = [...declared, ...part.own]
    const all = letters + part.letters
    return part.code
      .replace(TOKEN, (token, name?: string) => (name ? (all[names.indexOf(name)] as string) : token))
      .replace(/(?<=[{,])([\w$]):\1(?=[,}])/g, '$1')
  }
  return [`let ${declarations.map(renamed).join(',')}`, ...statements.map(renamed)].join(';')
}
