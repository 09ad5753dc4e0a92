import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { buildDashboard } from '../buildDashboard.ts'
import { PROJECT } from '../project.ts'
import { dependenciesDocument, type LockFile } from './dependenciesDocument.ts'

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })

// The Worker's modules import what is built of the dashboard.
await buildDashboard()

/** The Worker's modules as Node can load them: they leave out the extensions of what they import. */
const { outputFiles } = await build({
  entryPoints: [join(PROJECT, 'tools/docs/documents.ts')],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  loader: { '.sql': 'text' },
})
const code = `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.text ?? '').toString('base64')}`
const { documents } = (await import(code)) as { documents: () => Record<string, string> }

const lock: LockFile = JSON.parse(await readFile(join(PROJECT, 'package-lock.json'), 'utf8'))
const all = { ...documents(), 'docs/dependencies.md': dependenciesDocument(lock) }

for (const [path, text] of Object.entries(all)) {
  const file = join(PROJECT, path)
  if (!values.check) await writeFile(file, text)
  else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.error(`${path} is stale; run npm run docs.`)
    process.exitCode = 1
  }
}
