import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build as buildSnippet } from '../../snippet/build.ts'
import { PROJECT, readWorkerConfig } from './config.ts'
import { buildDashboard } from './dashboard.ts'

const CLI = join(createRequire(import.meta.url).resolve('wrangler/package.json'), '../bin/wrangler.js')

/** Runs wrangler and gives what it printed when `capture` is set; ends with its exit code when it fails. */
const wrangler = (args: readonly string[], capture = false): string => {
  const stdio = ['inherit', capture ? 'pipe' : 'inherit', 'inherit'] as const
  const { status, stdout } = spawnSync(process.execPath, [CLI, ...args], {
    cwd: PROJECT,
    encoding: 'utf8',
    stdio: [...stdio],
  })
  if (status === 0) return stdout ?? ''
  if (capture) console.error(stdout)
  process.exit(status ?? 1)
}

const databaseExists = (name: string) => {
  const databases: { name: string }[] = JSON.parse(wrangler(['d1', 'list', '--json'], true))
  return databases.some(database => database.name === name)
}

await Promise.all([buildSnippet(), buildDashboard()])
if (process.argv.includes('--dry-run')) {
  wrangler(['deploy', '--dry-run', '--outdir', 'dist/worker'])
} else {
  const { databaseName } = readWorkerConfig()
  // Tables first, so that no request ever meets a Worker that is ahead of its database.
  if (!databaseExists(databaseName)) {
    wrangler(['d1', 'create', databaseName, '--update-config=false'], true)
    console.log(`Made the D1 database ${databaseName}.`)
  }
  wrangler(['d1', 'migrations', 'apply', 'DB', '--remote'])
  wrangler(['deploy'])
}
