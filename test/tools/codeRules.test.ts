import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const PROJECT = join(import.meta.dirname, '../..')

const lines = (count: number, line: string): string => Array(count).fill(line).join('\n')

/** By the rule that it breaks, a file and its text. */
const BROKEN: Readonly<Record<string, readonly [file: string, text: string]>> = {
  noImportCycles: [
    'worker/lib/one.ts',
    "import type { Two } from './two'\nexport interface One {\n  readonly two: Two\n}\n",
  ],
  noExcessiveLinesPerFunction: [
    'worker/lib/long.ts',
    `export const long = (list: number[]): void => {\n${lines(51, '  list.push(1)')}\n}\n`,
  ],
  noExcessiveCognitiveComplexity: [
    'worker/lib/nested.ts',
    `export const nested = (n: number): number => {\n${[0, 1, 2, 3, 4, 5].map(k => `  if (n > ${k}) {`).join('\n')}\n  return 1\n${lines(6, '  }')}\n  return 0\n}\n`,
  ],
  noExplicitAny: ['worker/lib/any.ts', 'export const read = (value: any): string => value.name\n'],
  noNonNullAssertion: ['worker/lib/sure.ts', 'export const first = (list: string[]): string => list[0]!\n'],
  noFocusedTests: ['test/unit/focused.test.ts', "import { test } from 'vitest'\n\ntest.only('runs alone', () => {})\n"],
  noUndeclaredDependencies: ['worker/lib/pad.ts', "import pad from 'left-pad'\n\nexport const padded = pad('1', 2)\n"],
}

const OTHER_HALF_OF_THE_CYCLE = "import type { One } from './one'\n\nexport interface Two {\n  readonly one: One\n}\n"

const tree = mkdtempSync(join(tmpdir(), 'footfall-rules-'))
let found: readonly string[]

const write = (file: string, text: string): void => {
  const path = join(tree, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

beforeAll(() => {
  for (const file of ['biome.json', 'package.json', '.gitignore', 'snippet/types-only.grit'])
    cpSync(join(PROJECT, file), join(tree, file))
  for (const [file, text] of Object.values(BROKEN)) write(file, text)
  write('worker/lib/two.ts', OTHER_HALF_OF_THE_CYCLE)
  const biome = join(PROJECT, 'node_modules/@biomejs/biome/bin/biome')
  const args = [biome, 'lint', '--reporter=github', '--max-diagnostics=none', '--diagnostic-level=error']
  const { stdout } = spawnSync(process.execPath, args, { cwd: tree, encoding: 'utf8' })
  found = stdout.split('\n')
})

afterAll(() => rmSync(tree, { recursive: true }))

test.each(Object.entries(BROKEN))('the linter rejects what %s forbids', (rule, [file]) => {
  expect(found.some(line => line.includes(`/${rule},`) && line.includes(file))).toBe(true)
})
