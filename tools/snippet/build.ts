import { build as bundle, transform } from 'esbuild'
import { replaceFile } from '../replaceFile.ts'
import { rename } from './rename.ts'
import { SCRIPTS, type Script } from './scripts.ts'

/** The oldest browsers with `||=`: Chrome 85, Firefox 79 and Safari 14, all of 2020. */
const target = 'es2021'

const bundled = async ({ entry, whole }: Script) => {
  const { outputFiles } = await bundle({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    target,
    define: { WHOLE: String(whole) },
    write: false,
    // Otherwise esbuild adds "use strict", which the code does not need.
    tsconfigRaw: {},
  })
  return outputFiles[0]?.text ?? ''
}

/**
 * Shortens what esbuild leaves. With `let` throughout, a `try` block scopes names as a function would, and catches errors
 * too. No comparison mixes types, so `==` does for `===`. To end the run, calling 0 throws as well as `throw 0`.
 */
const strip = (code: string) =>
  `try{${code
    .replace(/\b(?:var|const)(?=[ [{])/g, 'let')
    .replace(/([!=]=)=/g, '$1')
    .replace(/!=!1/g, '!=0')
    .replace(/if\(([\w.]+)\)throw 0/g, '$1&&0()')
    .replace(/;$/, '')}}catch{}`

/** A minified script with the minifier's names. */
export const minified = async (script: Script): Promise<string> => {
  const { code } = await transform(await bundled(script), { minify: true, target, format: 'esm' })
  return strip(code.trim())
}

/** A script as visitors download it. */
export const compiled = async (script: Script): Promise<string> => rename(await minified(script), script.letters)

/** Writes the scripts to `dist/public`. Returns their paths. */
export const build = (): Promise<string[]> =>
  Promise.all(
    Object.values(SCRIPTS).map(async script => {
      await replaceFile(script.path, await compiled(script))
      return script.path
    }),
  )

if (import.meta.main) await build()
