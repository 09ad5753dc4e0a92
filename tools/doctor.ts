import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { PROJECT, readWorkerConfig } from './config.ts'
import { diagnose } from './doctor/diagnose.ts'
import { CommandFailure } from './failure.ts'
import { adminTokenIn } from './server/adminToken.ts'
import { runCommand } from './server/owner.ts'

const { values } = parseArgs({ options: { url: { type: 'string' } } })
const { PORT = '8787', DATA_DIR = join(PROJECT, '.data'), ADMIN_TOKEN } = process.env

/** The collector to check: the local one unless another is named. */
const originOf = (url = `http://127.0.0.1:${PORT}`): string => {
  const origin = URL.canParse(url) ? new URL(url).origin : ''
  if (origin.startsWith('http')) return origin
  throw new CommandFailure(`--url is "${url}", but must be like https://stats.example.com.`)
}

/** The token in the environment or, for the local collector, the one it saved; empty when none is known. */
const knownToken = async (): Promise<string> => {
  if (ADMIN_TOKEN) return ADMIN_TOKEN
  const isSaved = values.url === undefined && existsSync(join(DATA_DIR, 'admin-token'))
  return isSaved ? (await adminTokenIn(DATA_DIR)).token : ''
}

await runCommand(async () => {
  const url = originOf(values.url)
  const migrations = (await readdir(readWorkerConfig().migrationsDir)).filter(name => name.endsWith('.sql')).sort()
  const findings = await diagnose({ url, adminToken: await knownToken(), migrations, now: Date.now })
  for (const { check, fault, note } of findings)
    console.log(fault === null ? `ok     ${check}${note ? `: ${note}` : ''}` : `fault  ${check}: ${fault}`)
  if (findings.some(({ fault }) => fault !== null)) process.exitCode = 1
})
