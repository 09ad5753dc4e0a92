import { randomUUID } from 'node:crypto'
import { mkdir, rename as move, readdir, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Metafile } from 'esbuild'
import { PROJECT } from './config.ts'

const CLIENT = join(PROJECT, 'worker/dashboard/client')
const BUILT = join(PROJECT, 'dist/dashboard.js')

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

const entryPoints = async () => {
  const pages = (await readdir(join(CLIENT, 'pages'))).filter(name => name.endsWith('.ts'))
  return [...pages.map(name => join(CLIENT, 'pages', name)), join(CLIENT, 'state/theme.ts'), join(CLIENT, 'style.css')]
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

const entriesOf = (outputs: Metafile['outputs'], extension: string) =>
  Object.entries(outputs).filter(([path, { entryPoint }]) => entryPoint && extname(path) === extension)

/**
 * Builds the dashboard's client code into `dist/dashboard.js`, the module that the Worker serves it from. The file is
 * replaced atomically, because tests and servers that run in parallel each build it.
 * @throws esbuild's BuildFailure when the source does not compile; esbuild prints where.
 */
export const buildDashboard = async (): Promise<void> => {
  const { outputFiles, metafile } = await bundled()
  const { outputs } = metafile
  const files = outputFiles.map(({ path, contents }) => [
    basename(path),
    { type: TYPES[extname(path)], gzip: gzipSync(contents, { level: 9 }).toString('base64') },
  ])
  const scripts = entriesOf(outputs, '.js').map(([path, { entryPoint = '' }]) => [
    basename(entryPoint, '.ts'),
    { file: basename(path), imports: importsOf(path, outputs) },
  ])
  const [style = ''] = entriesOf(outputs, '.css').map(([path]) => basename(path))
  const code = [
    `export const FILES = ${JSON.stringify(Object.fromEntries(files), null, 1)}`,
    `export const scripts = ${JSON.stringify(Object.fromEntries(scripts), null, 1)}`,
    `export const style = ${JSON.stringify(style)}`,
  ].join('\n')
  const draft = `${BUILT}.${randomUUID()}`
  await mkdir(dirname(BUILT), { recursive: true })
  await writeFile(draft, `${code}\n`)
  await move(draft, BUILT)
}
