/** How a dump writes texts. */
export type Dialect = 'mysql' | 'postgresql'

/** What a backslash and a letter stand for in MySQL, and in PostgreSQL's COPY. */
const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  Z: '\x1a',
}

/** A text without its backslashes. */
export const unescaped = (text: string): string =>
  text.includes('\\') ? text.replace(/\\([\s\S])/g, (_, letter: string) => ESCAPES[letter] ?? letter) : text

/** Whether an odd number of backslashes stands before a place. */
const isEscaped = (text: string, place: number): boolean => {
  let count = 0
  while (text[place - 1 - count] === '\\') count++
  return count % 2 === 1
}

/** The place of the quote that ends the text which begins after `from`; -1 when it is not there yet. */
const endOfText = (text: string, from: number, dialect: Dialect): number => {
  let place = from
  for (;;) {
    const quote = text.indexOf("'", place)
    // The next character tells whether it is a quote within the text.
    if (quote < 0 || quote === text.length - 1) return -1
    if (dialect === 'mysql' && isEscaped(text, quote)) place = quote + 1
    else if (text[quote + 1] === "'") place = quote + 2
    else return quote
  }
}

const valueOfText = (text: string, dialect: Dialect): string => {
  const single = text.includes("''") ? text.replaceAll("''", "'") : text
  return dialect === 'mysql' ? unescaped(single) : single
}

const PLAIN = /[^,)]*/y

interface Value {
  readonly value: string
  readonly end: number
}

const readText = (text: string, start: number, dialect: Dialect): Value | null => {
  const end = endOfText(text, start + 1, dialect)
  return end < 0 ? null : { value: valueOfText(text.slice(start + 1, end), dialect), end: end + 1 }
}

const readPlain = (text: string, start: number): Value => {
  PLAIN.lastIndex = start
  const plain = PLAIN.exec(text)?.[0] ?? ''
  const value = plain.trim()
  return { value: value === 'NULL' ? '' : value, end: start + plain.length }
}

const afterSpace = (text: string, start: number): number => {
  let place = start
  while (text[place] === ' ' || text[place] === '\n') place++
  return place
}

/** A row of an INSERT and the place after it. */
export interface ValuesRow {
  readonly values: readonly string[]
  readonly end: number
}

/**
 * Reads `(…)` of an INSERT; NULL is ''. `null` when it is not whole yet.
 * @example readValues("(1,'it''s',NULL)", 0, 'mysql') // { values: ['1', "it's", ''], end: 16 }
 */
export const readValues = (text: string, start: number, dialect: Dialect): ValuesRow | null => {
  const values: string[] = []
  let place = start
  do {
    place = afterSpace(text, place + 1)
    const read = text[place] === "'" ? readText(text, place, dialect) : readPlain(text, place)
    if (read === null || text[read.end] === undefined) return null
    values.push(read.value)
    place = read.end
  } while (text[place] === ',')
  return { values, end: place + 1 }
}
