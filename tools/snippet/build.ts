import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build as bundle, transform } from 'esbuild'
import { DIST_ASSETS } from '../dist.ts'
import { replaceFile } from '../replaceFile.ts'
import { LETTERS } from './letters.ts'
import { rename } from './rename.ts'

const SOURCE = fileURLToPath(new URL('../../snippet/index.ts', import.meta.url))

/** The path of the built snippet. */
export const SNIPPET = join(DIST_ASSETS, 's.js')

/** The oldest browsers with `||=`: Chrome 85, Firefox 79 and Safari 14, all of 2020. */
const target = 'es2021'

const bundled = async () => {
  const { outputFiles } = await bundle({
    entryPoints: [SOURCE],
    bundle: true,
    format: 'esm',
    target,
    write: false,
    // Otherwise esbuild adds "use strict", which the code does not need.
    tsconfigRaw: {},
  })
  return outputFiles[0]?.text ?? ''
}

/**
 * Shortens what esbuild leaves. With `let` throughout, a `try` block scopes names as a function would, and catches errors
 * too. No comparison mixes types, so `==` does for `===`.
 */
const strip = (code: string) =>
  `try{${code
    .replace(/\b(?:var|const)(?=[ [{])/g, 'let')
    .replace(/([!=]=)=/g, '$1')
    .replace(/;$/, '')}}catch{}`

/** The minified snippet with the minifier's names. */
export const minified = async (): Promise<string> => {
  const { code } = await transform(await bundled(), { minify: true, target, format: 'esm' })
  return strip(code.trim())
}

/** Writes the snippet to `dist/public/s.js`. */
export const build = async (): Promise<void> => replaceFile(SNIPPET, rename(await minified(), LETTERS))

if (import.meta.main) await build()
