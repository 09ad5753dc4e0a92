import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium } from './chromium.ts'
import { closingLine } from './tally.ts'

const PROJECT = fileURLToPath(new URL('..', import.meta.url))
const REPORT = join(PROJECT, 'dist/test-report.json')

// A report of an earlier run must never be this run's closing line.
rmSync(REPORT, { force: true })
process.env.PATH = `${join(PROJECT, 'node_modules/.bin')}${delimiter}${process.env.PATH}`

/** Runs a command of the project, its output shown, and gives its exit code. */
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

const runTests = () => {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`]
  return run('vitest', 'run', ...reporters, ...process.argv.slice(2))
}

const script = (name: string) => () => run('npm', 'run', '--silent', name)

const steps = {
  size: script('size'),
  docs: () => run('node', 'worker/local/docs.ts', '--check'),
  types: script('types'),
  lint: script('lint'),
  browser: findBrowser,
  tests: runTests,
}

for (const [name, work] of Object.entries(steps)) {
  const start = performance.now()
  console.log(`\n== ${name}`)
  process.exitCode = await work()
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`== ${name}: ${process.exitCode === 0 ? 'ok' : 'failed'}, ${seconds} s`)
  if (process.exitCode !== 0) break
}
if (existsSync(REPORT)) console.log(closingLine(JSON.parse(readFileSync(REPORT, 'utf8'))))
