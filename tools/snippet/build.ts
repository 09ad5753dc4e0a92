import { randomUUID } from 'node:crypto'
import { mkdir, rename as move, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build as bundle, transform } from 'esbuild'
import { LETTERS } from './letters.ts'
import { rename } from './rename.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const SOURCE = path('../../snippet/index.ts')

/** Where the snippet is built to. */
export const SNIPPET = path('../../dist/s.js')

/** The oldest browsers that know `||=`: Chrome 85, Firefox 79, Safari 14, all of 2020. */
const target = 'es2021'

const bundled = async () => {
  const { outputFiles } = await bundle({
    entryPoints: [SOURCE],
    bundle: true,
    format: 'esm',
    target,
    write: false,
    // Else esbuild adds "use strict", which the code does not need.
    tsconfigRaw: {},
  })
  return outputFiles[0]?.text ?? ''
}

/**
 * What esbuild leaves: the block of a `try` keeps names to itself as a function would, and errors too, once all of them
 * are `let`; and no comparison here mixes types, so that two signs do for three.
 */
const strip = (code: string) =>
  `try{${code
    .replace(/\b(?:var|const)(?=[ [{])/g, 'let')
    .replace(/([!=]=)=/g, '$1')
    .replace(/;$/, '')}}catch{}`

/** The snippet, minified, with the minifier's own names. */
export const minified = async (): Promise<string> => {
  const { code } = await transform(await bundled(), { minify: true, target, format: 'esm' })
  return strip(code.trim())
}

/** Writes the snippet to `dist/s.js`, whole at once: tests and servers that run side by side each build it. */
export const build = async (): Promise<void> => {
  await mkdir(dirname(SNIPPET), { recursive: true })
  const draft = `${SNIPPET}.${randomUUID()}`
  await writeFile(draft, rename(await minified(), LETTERS))
  await move(draft, SNIPPET)
}

if (import.meta.main) await build()
