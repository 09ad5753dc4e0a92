import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { PROJECT } from '../project.ts'

/** The folder of the npm package, absolute. */
export const TRACKER = join(PROJECT, 'integrations/npm')

const TSC = join(PROJECT, 'node_modules/typescript/bin/tsc')

/** Builds the npm package into its `dist`: one module and its declarations. */
export const buildTracker = async (): Promise<void> => {
  await rm(join(TRACKER, 'dist'), { recursive: true, force: true })
  await Promise.all([
    build({
      entryPoints: [join(TRACKER, 'src/index.ts')],
      outfile: join(TRACKER, 'dist/index.js'),
      bundle: true,
      format: 'esm',
      target: 'es2021',
      // Otherwise esbuild looks for a tsconfig.json.
      tsconfigRaw: {},
    }),
    promisify(execFile)(process.execPath, [TSC, '-p', TRACKER]),
  ])
}

if (import.meta.main) await buildTracker()
