import { type Script, scripts, style } from '../../dist/dashboard.js'

const FOLDER = '/assets/'

const at = (name: string): string => `${FOLDER}${name}`

/** The address of the style sheet. */
export const STYLE = at(style)

/** The address of each entry point, and those of the files it imports. */
export const SCRIPTS: Readonly<Record<string, { readonly src: string; readonly imports: readonly string[] }>> =
  Object.fromEntries(
    Object.entries(scripts).map(([name, { file, imports }]: [string, Script]) => [
      name,
      { src: at(file), imports: imports.map(at) },
    ]),
  )
