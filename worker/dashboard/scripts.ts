import { type Script, scripts, style } from '../../dist/dashboard.js'

const FOLDER = '/assets/'

const at = (name: string): string => `${FOLDER}${name}`

/** The address of the style sheet. */
export const STYLE = at(style)

interface Addresses {
  readonly src: string
  /** Those of the files it imports. */
  readonly imports: readonly string[]
  /** That of its texts, by language. */
  readonly texts: Readonly<Record<string, string>>
}

/** The addresses of each entry point. */
export const SCRIPTS: Readonly<Record<string, Addresses>> = Object.fromEntries(
  Object.entries(scripts).map(([name, { file, imports, texts }]: [string, Script]) => [
    name,
    {
      src: at(file),
      imports: imports.map(at),
      texts: Object.fromEntries(Object.entries(texts).map(([language, text]) => [language, at(text)])),
    },
  ]),
)
