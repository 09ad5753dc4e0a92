import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Miniflare } from 'miniflare'
import { bundleWorker } from '../../worker/local/bundle.ts'
import { PROJECT, readWorkerConfig } from '../../worker/local/config.ts'
import { applyMigrations } from '../../worker/local/migrate.ts'
import { workerdOptions } from '../../worker/local/workerd.ts'
import { BARS, type Costs, costsOf, type Loaded } from './figures.ts'
import { CONTENT_SITE } from './simulate.ts'

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, pageviews: { type: 'string', default: '1000000' } },
})

/** A month that is over. */
const START = Date.UTC(2026, 0, 1)
const DAY = 86_400_000
const MONTH = { from: '2026-01-01', to: '2026-01-30' }

const say = (text: string): void => {
  if (!values.json) console.log(text)
}

interface Question {
  readonly ms: number
  readonly rowsRead: number
}

const bench = async (ask: <T>(path: string) => Promise<T>): Promise<Record<string, number>> => {
  const empty = (await ask<{ bytes: number }>('/size')).bytes
  const pageviews = Number(values.pageviews)
  const days: Loaded[] = []
  let milliseconds = 0
  for (let day = 0; day < CONTENT_SITE.days; day++) {
    const loaded = await ask<Loaded & { ms: number }>(`/day?pageviews=${pageviews}&start=${START}&day=${day}`)
    days.push(loaded)
    milliseconds += loaded.ms
    say(`day ${day + 1} of ${CONTENT_SITE.days}: ${loaded.pageviews} page views in ${loaded.ms} ms`)
  }
  const settled = await ask<{ rowsWritten: number }>(`/settle?now=${START + (CONTENT_SITE.days + 2) * DAY}`)
  const costs: Costs = costsOf(empty, days, settled.rowsWritten)
  const overview = await ask<Question>(`/question?from=${MONTH.from}&to=${MONTH.to}`)
  return {
    ...costs,
    load_seconds: milliseconds / 1000,
    overview_ms: overview.ms,
    overview_rows_read: overview.rowsRead,
  }
}

const print = (figures: Record<string, number>): void => {
  if (values.json) console.log(JSON.stringify(figures))
  else {
    for (const [name, figure] of Object.entries(figures)) {
      const bar = BARS[name]
      const verdict = bar === undefined ? '' : `  at most ${bar}: ${figure <= bar ? 'kept' : 'MISSED'}`
      console.log(`${name.padEnd(28)} ${String(Math.round(figure * 1000) / 1000).padStart(12)}${verdict}`)
    }
  }
}

const dataDir = await mkdtemp(join(tmpdir(), 'footfall-bench-'))
const config = readWorkerConfig()
const script = await bundleWorker({ ...config, main: join(PROJECT, 'test/bench/worker.ts') })
const miniflare = new Miniflare(
  workerdOptions(config, script, { host: '127.0.0.1', port: 0, dataDir, adminToken: '', demo: false, quiet: true }),
)
try {
  await applyMigrations(await miniflare.getD1Database('DB'), config.migrationsDir)
  const ask = async <T>(path: string): Promise<T> => {
    const response = await miniflare.dispatchFetch(`http://bench${path}`)
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
    return (await response.json()) as T
  }
  print(await bench(ask))
} finally {
  await miniflare.dispose()
  await rm(dataDir, { recursive: true, force: true })
}
