import { Miniflare, type MiniflareOptions } from 'miniflare'
import { buildAssets } from '../../tools/buildAssets.ts'
import { bundleWorker } from '../../tools/bundle.ts'
import { readWorkerConfig } from '../../tools/config.ts'
import { applyMigrations } from '../../tools/server/migrate.ts'
import { workerdOptions } from '../../tools/server/workerd.ts'
import { type IsolateProfile, openProfile } from './isolateProfile.ts'

export const SITE = 'cpu.example'
const TOKEN = 'the-admin-token-of-the-benchmark'

/** A collector whose isolate can be profiled. */
export interface ProfiledCollector {
  readonly profile: IsolateProfile
  readonly get: (path: string) => Promise<unknown>
  readonly post: (path: string, body: unknown) => Promise<unknown>
  readonly beacon: (number: number) => Promise<unknown>
  readonly cron: () => Promise<unknown>
}

/** Runs something with a new isolate on the same data. */
type InIsolate = <T>(run: (collector: ProfiledCollector) => Promise<T>) => Promise<T>

const answered = async (url: URL, init: RequestInit): Promise<unknown> => {
  const response = await fetch(url, init)
  const text = await response.text()
  if (!response.ok) throw new Error(`${url.pathname} returned ${response.status}: ${text}`)
  return text === '' ? null : JSON.parse(text)
}

const BROWSER = {
  'content-type': 'text/plain;charset=UTF-8',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
}

const OWNER = { authorization: `Bearer ${TOKEN}` }

const beaconOf = (number: number): object => {
  const now = Date.now()
  const record = { i: number, t: now, u: `https://${SITE}/articles/${number % 50}`, r: 'https://www.bing.com/' }
  return { v: 1, s: SITE, n: now, e: [record] }
}

const open = async <T>(
  options: MiniflareOptions,
  migrations: string,
  run: (collector: ProfiledCollector) => Promise<T>,
): Promise<T> => {
  const miniflare = new Miniflare({ ...options, inspectorPort: 0 })
  try {
    await applyMigrations(await miniflare.getD1Database('DB'), migrations)
    const url = await miniflare.ready
    const profile = await openProfile(Number((await miniflare.getInspectorURL()).port))
    const post = (path: string, body: unknown, headers: Record<string, string>): Promise<unknown> =>
      answered(new URL(path, url), { method: 'POST', headers, body: JSON.stringify(body) })
    const result = await run({
      profile,
      get: path => answered(new URL(path, url), { headers: OWNER }),
      post: (path, body) => post(path, body, OWNER),
      beacon: number => post('/v1/e', beaconOf(number), BROWSER),
      cron: async () => (await miniflare.getWorker()).scheduled({ scheduledTime: new Date() }),
    })
    profile.close()
    return result
  } finally {
    await miniflare.dispose()
  }
}

/** Prepares isolates on the data in a folder, of which each run gets a new one. */
export const isolatesOn = async (dataDir: string): Promise<InIsolate> => {
  await buildAssets()
  const config = readWorkerConfig()
  const settings = { host: '127.0.0.1', port: 0, dataDir, adminToken: TOKEN, demo: false, quiet: true }
  const options = workerdOptions(config, await bundleWorker(config), settings)
  return run => open(options, config.migrationsDir, run)
}
