import { spawnSync } from 'node:child_process'
import { readdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { isWeakAdminToken, WEAK_ADMIN_TOKEN } from '../shared/adminToken.ts'
import type { PathVariables } from '../shared/collectorPaths.ts'
import { ASSET_HEADERS_FILE, buildAssets } from './buildAssets.ts'
import { chosenPaths } from './chosenPaths.ts'
import { PROJECT, readWorkerConfig } from './config.ts'
import { DIST_ASSETS } from './dist.ts'
import { runCommand } from './server/owner.ts'

const CLI = join(createRequire(import.meta.url).resolve('wrangler/package.json'), '../bin/wrangler.js')

/** Runs wrangler and returns its output if `capture` is set. Exits with its exit code if it fails. */
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

/** Migrations that were not applied because the prompt was answered with no. */
const pendingMigrations = async (folder: string): Promise<string[]> => {
  const select = 'select name from d1_migrations'
  const answer = wrangler(['d1', 'execute', 'DB', '--remote', '--json', '--command', select], true)
  const [{ results }]: [{ results: { name: string }[] }] = JSON.parse(answer)
  const applied = new Set(results.map(({ name }) => name))
  return (await readdir(folder)).filter(name => name.endsWith('.sql') && !applied.has(name)).sort()
}

const fail = (message: string): never => {
  console.error(message)
  process.exit(1)
}

const deploy = async (): Promise<void> => {
  // The deployed secret cannot be read, but a new one is usually in the environment.
  if (process.env.ADMIN_TOKEN && isWeakAdminToken(process.env.ADMIN_TOKEN)) fail(WEAK_ADMIN_TOKEN)
  const { databaseName, databaseId, migrationsDir } = readWorkerConfig()
  // Migrations first, so that no request reaches a Worker that is ahead of its database.
  if (databaseId === undefined && !databaseExists(databaseName)) {
    wrangler(['d1', 'create', databaseName, '--update-config=false'], true)
    console.log(`Created the D1 database ${databaseName}.`)
  }
  wrangler(['d1', 'migrations', 'apply', 'DB', '--remote'])
  const pending = await pendingMigrations(migrationsDir)
  if (pending.length > 0) {
    fail(`Nothing was deployed: the new Worker needs ${pending.join(', ')}. Run npm run deploy again and answer yes.`)
  }
  wrangler(['deploy'])
}

/** Builds the assets alone, without files of earlier builds. */
const buildOnlyAssets = async (): Promise<void> => {
  const { bindings = {} } = readWorkerConfig().options
  const built = [...(await buildAssets(chosenPaths(bindings as PathVariables))), ASSET_HEADERS_FILE]
  const all = await readdir(DIST_ASSETS, { recursive: true, withFileTypes: true })
  const paths = all.filter(entry => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  await Promise.all(paths.filter(path => !built.includes(path)).map(path => rm(path, { force: true })))
}

await runCommand(async () => {
  await buildOnlyAssets()
  if (process.argv.includes('--dry-run')) wrangler(['deploy', '--dry-run', '--outdir', 'dist/worker'])
  else await deploy()
})
