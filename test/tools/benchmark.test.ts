import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { PROJECT } from '../../tools/config'

// Node resolves the modules of the benchmark by itself and, unlike Vitest, takes no import without an extension.
test('the benchmark starts in Node and names its groups', () => {
  const args = ['test/benchmark/run.ts', '--only', 'none']
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: PROJECT, encoding: 'utf8' })
  expect(stderr).toMatch(/^There is no group "none"; --only takes month, .*requests\.\n$/)
  expect(status).toBe(1)
})
