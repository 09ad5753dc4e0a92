import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** Folder, import, whether it is rejected. */
const CASES = [
  ['shared', "import { x } from '../worker/problem'", true],
  ['shared', "import { x } from 'hono'", true],
  ['shared', "import { x } from './limits'", false],
  ['shared/importers', "import { x } from '../../worker/problem'", true],
  ['shared/importers', "import { x } from 'node:fs'", true],
  ['shared/importers', "import { x } from 'hono'", true],
  ['shared/importers', "import { x } from 'papaparse'", false],
  ['shared/importers', "import { x } from '../limits.ts'", false],
  ['snippet', "import { x } from 'hono'", true],
  ['snippet', "import { x } from '../worker/problem'", true],
  ['snippet', "import { x } from '../shared/limits'", true],
  ['snippet', "import { type x } from '../shared/wire'", true],
  ['snippet', "import '../shared/limits'", true],
  ['snippet', "export { x } from '../shared/limits'", true],
  ['snippet', "import type { x } from '../shared/wire'", false],
  ['snippet', "export type { x } from '../shared/wire'", false],
  ['snippet', "import { x } from './view'", false],
  ['shared', "import type { x } from '../worker/env'", true],
  ['integrations/npm/src', "import type { x } from '../../../shared/events'", true],
  ['integrations/npm/src', "import { x } from 'react'", true],
  ['integrations/npm/src', "import { x } from './call.js'", false],
  ['worker/lib', "import { x } from '../storage/sites'", true],
  ['worker/lib', "import { x } from '../../shared/limits'", false],
  ['worker/storage', "import { x } from '../collect/parse/event'", true],
  ['worker/storage', "import { x } from '../metrics/definitions'", true],
  ['worker/storage', "import { x } from '../sessions/settle'", true],
  ['worker/storage', "import { x } from '../lib/hash'", false],
  ['worker/collect', "import { x } from '../metrics/definitions'", true],
  ['worker/collect', "import type { x } from '../metrics/definitions/commerce'", true],
  ['worker/collect', "import { x } from '../sessions/settle.ts'", true],
  ['worker/collect', "import { x } from '../query/answer'", true],
  ['worker/collect', "import { x } from '../storage/storeFacts'", false],
  ['worker/collect/parse', "import { x } from '../../metrics/definitions'", true],
  ['worker/sessions', "import { x } from '../collect/parse/event'", true],
  ['worker/sessions', "import { x } from '../metrics/definitions'", true],
  ['worker/sessions', "import { x } from '../rollups/state'", true],
  ['worker/sessions', "import { x } from '../storage/writeBatch'", false],
  ['worker/relations', "import { x } from '../query/answer'", true],
  ['worker/relations/sql', "import { x } from '../../rollups/coverage'", true],
  ['worker/relations', "import { x } from '../metrics/dimensions'", false],
  ['worker/metrics', "import { x } from '../collect/parse/event'", true],
  ['worker/metrics', "import { x } from '../sessions/settle'", true],
  ['worker/metrics', "import { x } from '../query/answer'", true],
  ['worker/metrics/definitions', "import { x } from '../../storage/sites'", false],
  ['worker/query', "import { x } from '../collect/parse/event'", true],
  ['worker/query', "import { x } from '../sessions/settle'", true],
  ['worker/query/compile', "import { x } from '../../http/auth'", true],
  ['worker/query', "import { x } from '../rollups/coverage'", false],
  ['worker/rollups', "import { x } from '../collect/parse/event'", true],
  ['worker/rollups', "import { x } from '../http/auth'", true],
  ['worker/rollups', "import { x } from '../sessions/settle'", false],
  ['worker/exports', "import { x } from '../http/auth'", true],
  ['worker/exports', "import { x } from '../query/answer'", false],
  ['worker/privacy', "import { x } from '../http/auth'", true],
  ['worker/privacy', "import { x } from '../query/answer'", true],
  ['worker/privacy', "import { x } from '../objects/siteObject'", true],
  ['worker/objects', "import { x } from '../http/auth'", true],
  ['worker/objects', "import { x } from '../site'", false],
  ['worker/reports', "import { x } from '../http/auth'", true],
  ['worker/reports', "import { x } from '../dashboard/page'", true],
  ['worker/reports', "import { x } from '../dashboard/client/format/number'", false],
  ['worker/http', "import { x } from '../dashboard/page'", true],
  ['worker/http', "import { x } from '../../tools/server/server'", true],
  ['worker/http', "import { x } from 'node:fs'", true],
  ['worker/http', "import { x } from '../../test/oracle/truth'", true],
  ['worker/http/routes', "import { x } from '../../storage/d1'", true],
  ['worker/http/routes', "import { x } from '../../storage/durableObject'", true],
  ['worker/http/routes', "import type { x } from '../../storage/database'", true],
  ['worker/http/routes', "import type { x } from '../../site'", false],
  ['worker/http', "import { x } from '../collect/parse/event'", false],
  ['worker/dashboard/client/state', "import { x } from '../../../lib/calendar'", true],
  ['worker/dashboard/client/state', "import { x } from '../../../http/auth'", true],
  ['worker/dashboard/client/state', "import { x } from '../../../../shared/question'", false],
  ['tools', "import { x } from '../test/chromium'", true],
  ['tools', "import { x } from 'node:fs'", false],
  ['test/unit', "import { x } from '../oracle/truth'", false],
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
  'in $folder, $line: rejected $isRefused',
  ({ index, isRefused }) => {
    expect(Array.from(refused).some(file => file.endsWith(nameOf(index)))).toBe(isRefused)
  },
)
