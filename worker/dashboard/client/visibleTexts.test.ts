import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { transform } from 'esbuild'
import { expect, test } from 'vitest'

/** The literals of code without comments and types, as esbuild prints them. */
const LITERAL = /"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g

/** One word with a capital, a word with a capital before another, a second sentence, or three words. Selectors and classes have none. */
const VISIBLE = /^[A-Z][a-z]+$|[A-Z][a-z’]+ [\w$]|[.?!] [A-Z]|[a-z’]+ [a-z’]+ [a-z’]+/

const KEYS = ['Enter', 'Escape']

/** Beginnings of code, and of errors that only developers see. */
const CODE = /^(curl |footfall\(|Bearer |Name \$|The page has no \$)/

const isCode = (text: string): boolean => KEYS.includes(text) || CODE.test(text)

const textsIn = async (file: string): Promise<string[]> => {
  const { code } = await transform(await readFile(file, 'utf8'), { loader: 'ts' })
  const literals = code.match(LITERAL) ?? []
  return literals.map(literal => literal.slice(1, -1)).filter(text => VISIBLE.test(text) && !isCode(text))
}

test('client code has no visible texts of its own: they are in texts/, for translations', async () => {
  const names = await readdir(import.meta.dirname, { recursive: true })
  const files = names.filter(name => /(?<!\.test)\.ts$/.test(name))
  const found = await Promise.all(
    files.map(async file => (await textsIn(join(import.meta.dirname, file))).map(text => `${file}: ${text}`)),
  )
  expect(found.flat()).toEqual([])
})
