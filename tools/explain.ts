import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Miniflare } from 'miniflare'
import { bundleWorker } from './bundle.ts'
import { PROJECT, readWorkerConfig } from './config.ts'
import { CommandFailure } from './failure.ts'
import { takeDataFolder } from './server/dataFolder.ts'
import { applyMigrations } from './server/migrate.ts'
import { runCommand } from './server/owner.ts'
import { workerdOptions } from './server/workerd.ts'

const EXAMPLE = `npm run explain -- '{"site":"localhost","metrics":["visitors"],"period":"7d"}'`

const questionIn = (text: string | undefined): string => {
  try {
    const question: unknown = JSON.parse(text ?? '')
    if (typeof question === 'object' && question !== null && !Array.isArray(question)) return JSON.stringify(question)
  } catch {}
  throw new CommandFailure(`Give one question as POST /api/v1/query takes it: ${EXAMPLE}.`)
}

/** Asks the Worker of `tools/explain/` how it answers, in the runtime and with the database of the local server. */
const explain = async (dataDir: string, question: string): Promise<string> => {
  const config = readWorkerConfig()
  const script = await bundleWorker({ ...config, main: join(PROJECT, 'tools/explain/worker.ts') })
  const options = { host: '127.0.0.1', port: 0, dataDir, adminToken: '', demo: false, quiet: true }
  const miniflare = new Miniflare(workerdOptions(config, script, options))
  try {
    await applyMigrations(await miniflare.getD1Database('DB'), config.migrationsDir)
    const response = await miniflare.dispatchFetch('http://localhost/', { method: 'POST', body: question })
    const text = await response.text()
    if (response.status !== 200) throw new CommandFailure(text)
    return text
  } finally {
    await miniflare.dispose()
  }
}

await runCommand(async () => {
  const question = questionIn(process.argv[2])
  const { DATA_DIR = join(PROJECT, '.data') } = process.env
  if (!existsSync(join(DATA_DIR, 'd1')))
    throw new CommandFailure(`There is no database in ${DATA_DIR}: run npm start first.`)
  const release = await takeDataFolder(DATA_DIR)
  try {
    console.log(await explain(DATA_DIR, question))
  } finally {
    release()
  }
})
