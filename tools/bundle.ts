import { readFile } from 'node:fs/promises'
import { matchesGlob, relative } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { PROJECT, type WorkerConfig } from './config.ts'

const importAsText = (globs: readonly string[]): Plugin => ({
  name: 'import-as-text',
  setup: ({ onLoad }) => {
    onLoad({ filter: /./ }, async ({ path }) => {
      const name = relative(PROJECT, path)
      if (!globs.some(glob => matchesGlob(name, glob))) return null
      return { contents: await readFile(path, 'utf8'), loader: 'text' }
    })
  },
})

/**
 * Bundles the Worker into one ES module, as wrangler does.
 * @see https://developers.cloudflare.com/workers/wrangler/bundling/
 * @throws esbuild's BuildFailure when the source does not compile; esbuild prints where.
 */
export const bundleWorker = async ({ main, textGlobs }: WorkerConfig): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [main],
    absWorkingDir: PROJECT,
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    // Half the source text, which the server and the runtime both keep in memory. Names stay, for stack traces.
    minifyWhitespace: true,
    minifySyntax: true,
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*'],
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [importAsText(textGlobs)],
  })
  return outputFiles[0]?.text ?? ''
}
