import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium } from './chromium.ts'
import { closingLine } from './tally.ts'

const PROJECT = fileURLToPath(new URL('..', import.meta.url))
const REPORT = join(PROJECT, 'dist/test-report.json')

// A report of an earlier run must never provide this run's closing line.
rmSync(REPORT, { force: true })
process.env.PATH = `${join(PROJECT, 'node_modules/.bin')}${delimiter}${process.env.PATH}`

/** Runs a command of the project, shows its output, and returns its exit code. */
const run = async (command: string, ...args: readonly string[]): Promise<number> => {
  const child = spawn(command, args, { cwd: PROJECT, stdio: 'inherit', shell: process.platform === 'win32' })
  const [code] = await once(child, 'exit')
  return code ?? 1
}

const findBrowser = async () => {
  try {
    process.env.CHROME_PATH = await findChromium()
    console.log(process.env.CHROME_PATH)
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 1
  }
}

/** Runs projects of vitest.config.ts, or those of the command line. */
const tests =
  (...projects: readonly string[]) =>
  () => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`]
    return run('vitest', 'run', ...reporters, ...projects.map(name => `--project=${name}`), ...NAMED)
  }

const script = (name: string) => () => run('npm', 'run', '--silent', name)

const CHECK = {
  size: script('size'),
  documents: () => run('node', 'tools/docs/docs.ts', '--check'),
  types: script('types'),
  lint: script('lint'),
}

/** The steps of each command of package.json, in their order. */
const COMMANDS: Readonly<Record<string, Readonly<Record<string, () => Promise<number>>>>> = {
  check: { ...CHECK, tests: tests('unit') },
  test: { ...CHECK, browser: findBrowser, tests: tests('unit', 'integration', 'tools', 'e2e') },
  deep: { browser: findBrowser, tests: tests('deep-*') },
}

const [COMMAND = 'test', ...NAMED] = process.argv.slice(2)

for (const [name, work] of Object.entries(COMMANDS[COMMAND] ?? {})) {
  const start = performance.now()
  console.log(`\n== ${name}`)
  process.exitCode = await work()
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`== ${name}: ${process.exitCode === 0 ? 'ok' : 'failed'}, ${seconds} s`)
  if (process.exitCode !== 0) break
}
if (existsSync(REPORT)) console.log(closingLine(JSON.parse(readFileSync(REPORT, 'utf8'))))
