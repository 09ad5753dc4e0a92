import { build as bundle, transform } from 'esbuild'
import { replaceFile } from '../replaceFile.ts'
import { declareFirst } from './declareFirst.ts'
import { rename } from './rename.ts'
import { DOWNLOADS, type Download, MODULES, SCRIPTS, type Script } from './scripts.ts'

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
 * too. No comparison mixes types, so `==` does for `===`. Wherever the code has `true`, any truthy value works.
 */
const strip = (code: string) => {
  const short = code
    .replace(/\b(?:var|const)(?=[ [{])/g, 'let')
    .replace(/([!=]=)=/g, '$1')
    .replace(/!=!1/g, '!=0')
    .replace(/!0/g, '1')
  return declareFirst(short)
}

/** A minified script with the minifier's names, its declarations first. */
export const minified = async (script: Script): Promise<string> => {
  const { code } = await transform(await bundled(script), { minify: true, target, format: 'esm' })
  return strip(code.trim())
}

/** Minified code with other names, inside a `try` that ends the run of an unforeseen error. */
export const named = (code: string, letters: string): string => `try{${rename(code, letters)}}catch{}`

/** A script as visitors download it. */
export const compiled = async (script: Script): Promise<string> => named(await minified(script), script.letters)

/** A module as visitors download it. */
export const compiledModule = async ({ entry }: Download): Promise<string> => {
  const { outputFiles } = await bundle({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    target,
    minify: true,
    write: false,
    tsconfigRaw: {},
  })
  return (outputFiles[0]?.text ?? '').trim()
}

/** The text of each file that visitors download, by its path beside the script. */
export const downloads = async (): Promise<Record<string, string>> => {
  const scripts = Object.entries(SCRIPTS).map(async ([name, script]) => [name, await compiled(script)] as const)
  const modules = Object.entries(MODULES).map(async ([name, module]) => [name, await compiledModule(module)] as const)
  return Object.fromEntries(await Promise.all([...scripts, ...modules]))
}

/** Writes the scripts and modules to `dist/public`. Returns their paths. */
export const build = async (): Promise<string[]> =>
  Promise.all(
    Object.entries(await downloads()).map(async ([name, code]) => {
      const { path } = DOWNLOADS[name] as Download
      await replaceFile(path, code)
      return path
    }),
  )

if (import.meta.main) await build()
