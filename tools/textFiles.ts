import { createHash } from 'node:crypto'
import type { Metafile } from 'esbuild'
import { TRANSLATIONS } from '../worker/dashboard/texts/translations/translations.ts'

const TEXTS = /^worker\/dashboard\/texts\/(\w+)\.ts$/

/** The names of the texts that a file and those that it imports use, now or later. */
const textsOf = (path: string, outputs: Metafile['outputs'], seen: Set<string>): string[] => {
  const output = outputs[path]
  if (!output || seen.has(path)) return []
  seen.add(path)
  const own = Object.keys(output.inputs).flatMap(input => TEXTS.exec(input)?.[1] ?? [])
  return [...own, ...output.imports.flatMap(imported => textsOf(imported.path, outputs, seen))]
}

/** A file with the texts of an entry point in one language. */
export interface TextFile {
  readonly language: string
  readonly name: string
  readonly text: string
}

/** The files with the texts that an entry point needs, each a script that runs ahead of it. */
export const textFilesOf = (
  name: string,
  path: string,
  outputs: Metafile['outputs'],
  translations: Readonly<Record<string, object>> = TRANSLATIONS,
): readonly TextFile[] => {
  const used = new Set(textsOf(path, outputs, new Set()))
  return Object.entries(translations).flatMap(([language, all]) => {
    const texts = Object.entries(all).filter(([page]) => used.has(page))
    if (texts.length === 0) return []
    const text = `footfallTexts=${JSON.stringify(Object.fromEntries(texts))}`
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 8)
    return { language, name: `${name}-${language}-${hash}.js`, text }
  })
}
