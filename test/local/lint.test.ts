import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** Folder, import, whether it is refused. */
const CASES = [
  ['shared', "import { x } from '../worker/problem'", true],
  ['shared', "import { x } from 'hono'", true],
  ['shared', "import { x } from './limits'", false],
  ['snippet', "import { x } from 'hono'", true],
  ['snippet', "import { x } from '../worker/problem'", true],
  ['snippet', "import { x } from '../shared/limits'", true],
  ['snippet', "import { type x } from '../shared/wire'", true],
  ['snippet', "import '../shared/limits'", true],
  ['snippet', "export { x } from '../shared/limits'", true],
  ['snippet', "import type { x } from '../shared/wire'", false],
  ['snippet', "export type { x } from '../shared/wire'", false],
  ['snippet', "import { x } from './view'", false],
  ['worker/ingest', "import { x } from '../metrics/registry'", true],
  ['worker/ingest', "import type { x } from '../metrics/registry/commerce'", true],
  ['worker/ingest', "import { x } from '../settle/settle.ts'", true],
  ['worker/ingest', "import { x } from '../store/facts'", false],
  ['worker/ingest/deep', "import { x } from '../../metrics/registry'", true],
  ['worker/metrics', "import { x } from '../ingest/event'", true],
  ['worker/metrics', "import { x } from '../store/sites'", false],
  ['worker/settle', "import { x } from '../ingest/event'", true],
  ['worker/settle', "import { x } from '../metrics/registry'", true],
  ['worker/settle', "import { x } from '../store/write'", false],
  ['worker/store', "import { x } from '../ingest/event'", true],
  ['worker/store', "import { x } from '../metrics/registry'", true],
  ['worker/store', "import { x } from '../settle/settle'", true],
  ['worker/store', "import { x } from '../problem'", false],
  ['worker/api', "import { x } from '../local/server'", true],
  ['worker/api', "import { x } from 'node:fs'", true],
  ['worker/api', "import { x } from '../../test/truth/truth'", true],
  ['worker/api', "import { x } from '../ingest/event'", false],
  ['worker/local', "import { x } from '../../test/chromium'", true],
  ['worker/local', "import { x } from 'node:fs'", false],
  ['test/unit', "import { x } from '../truth/truth'", false],
] as const

const PROJECT = join(import.meta.dirname, '../..')
const tree = mkdtempSync(join(tmpdir(), 'footfall-lint-'))
const nameOf = (index: number) => `${CASES[index]?.[0]}/case${index}.ts`
let refused: ReadonlySet<string>

beforeAll(() => {
  for (const file of ['biome.json', 'package.json', '.gitignore', 'snippet/types-only.grit'])
    cpSync(join(PROJECT, file), join(tree, file))
  for (const [index, [, line]] of CASES.entries()) {
    const path = join(tree, nameOf(index))
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `${line}\n`)
  }
  const biome = join(PROJECT, 'node_modules/@biomejs/biome/bin/biome')
  const args = [biome, 'lint', '--reporter=github', '--max-diagnostics=none', '--diagnostic-level=error']
  const { stdout } = spawnSync(process.execPath, args, { cwd: tree, encoding: 'utf8' })
  refused = new Set(Array.from(stdout.matchAll(/^::error .*?file=([^,]*)/gm), ([, file = '']) => file))
})

afterAll(() => rmSync(tree, { recursive: true }))

test.each(CASES.map(([folder, line, isRefused], index) => ({ folder, line, isRefused, index })))(
  'in $folder, $line: refused $isRefused',
  ({ index, isRefused }) => {
    expect(Array.from(refused).some(file => file.endsWith(nameOf(index)))).toBe(isRefused)
  },
)
