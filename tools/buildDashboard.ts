import { readdir } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { build, type Metafile } from 'esbuild'
import { TRANSLATIONS } from '../worker/dashboard/texts/translations/translations.ts'
import { PROJECT } from './config.ts'
import { DIST, DIST_ASSETS } from './dist.ts'
import { replaceFile } from './replaceFile.ts'
import { type TextFile, textFilesOf } from './textFiles.ts'

const CLIENT = join(PROJECT, 'worker/dashboard/client')
const FOLDER = join(DIST_ASSETS, 'assets')
const NAMES = join(DIST, 'dashboard.js')

const entryPoints = async () => {
  const pages = (await readdir(join(CLIENT, 'pages'))).filter(name => name.endsWith('.ts'))
  return [
    ...pages.map(name => join(CLIENT, 'pages', name)),
    ...['state/theme.ts', 'passkey.ts', 'style.css'].map(name => join(CLIENT, name)),
  ]
}

const bundled = async () =>
  build({
    entryPoints: await entryPoints(),
    absWorkingDir: PROJECT,
    outdir: 'dist/dashboard',
    entryNames: '[name]-[hash]',
    chunkNames: 'part-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    write: false,
    format: 'esm',
    // Browsers of 2024, which have light-dark(). Only owners open the dashboard, not visitors.
    target: ['chrome123', 'firefox128', 'safari17.5'],
  })

/** The files an output imports, directly and indirectly. */
const importsOf = (path: string, outputs: Metafile['outputs']): string[] => [
  ...new Set(
    (outputs[path]?.imports ?? [])
      .filter(({ kind, external }) => kind === 'import-statement' && !external)
      .flatMap(({ path: imported }) => [basename(imported), ...importsOf(imported, outputs)]),
  ),
]

/** Parts that are imported later have an entry point too, and the name of a part. */
const isPart = (path: string): boolean => basename(path).startsWith('part-')

const entriesOf = (outputs: Metafile['outputs'], extension: string) =>
  Object.entries(outputs).filter(([path, { entryPoint }]) => entryPoint && !isPart(path) && extname(path) === extension)

interface Entry {
  readonly name: string
  readonly file: string
  readonly imports: readonly string[]
  readonly texts: readonly TextFile[]
}

const namesModule = (entries: readonly Entry[], style: string): string => {
  const scripts = entries.map(({ name, file, imports, texts }) => [
    name,
    { file, imports, texts: Object.fromEntries(texts.map(one => [one.language, one.name])) },
  ])
  const translations = Object.entries(TRANSLATIONS).map(([language, texts]) => [language, JSON.stringify(texts)])
  return [
    `export const scripts = ${JSON.stringify(Object.fromEntries(scripts), null, 1)}`,
    `export const style = ${JSON.stringify(style)}`,
    `export const translations = ${JSON.stringify(Object.fromEntries(translations), null, 1)}\n`,
  ].join('\n')
}

/**
 * Builds the dashboard's client code: its files, whose names change with their content, into `dist/public/assets`, and
 * `dist/dashboard.js`, the module that tells the Worker their names and the texts of each language.
 * @returns the paths of the files
 * @throws esbuild's BuildFailure when the source does not compile; esbuild prints where.
 */
export const buildDashboard = async (): Promise<string[]> => {
  const { outputFiles, metafile } = await bundled()
  const { outputs } = metafile
  const entries = entriesOf(outputs, '.js').map(([path, { entryPoint = '' }]) => {
    const name = basename(entryPoint, '.ts')
    return { name, file: basename(path), imports: importsOf(path, outputs), texts: textFilesOf(name, path, outputs) }
  })
  const [style = ''] = entriesOf(outputs, '.css').map(([path]) => basename(path))
  const files = [
    ...outputFiles.map(({ path, contents }) => ({ path: join(FOLDER, basename(path)), contents })),
    ...entries.flatMap(({ texts }) => texts.map(({ name, text }) => ({ path: join(FOLDER, name), contents: text }))),
  ]
  await Promise.all(files.map(({ path, contents }) => replaceFile(path, contents)))
  await replaceFile(NAMES, namesModule(entries, style))
  return files.map(({ path }) => path)
}
