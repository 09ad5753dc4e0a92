import { Miniflare, type MiniflareOptions } from 'miniflare'
import { buildAssets } from '../../../tools/buildAssets.ts'
import { bundleWorker } from '../../../tools/bundle.ts'
import { readWorkerConfig } from '../../../tools/config.ts'
import { applyMigrations } from '../../../tools/server/migrate.ts'
import { workerdOptions } from '../../../tools/server/workerd.ts'
import { OVERVIEW_CARDS } from '../../../worker/dashboard/overviewCards.ts'
import { type Figures, median } from '../figures.ts'
import { inFolder } from '../folders.ts'
import { type IsolateProfile, openProfile } from '../isolateProfile.ts'

const SITE = 'cpu.example'
const TOKEN = 'the-admin-token-of-the-benchmark'
/** Page views of the last day, as of a site of that many a day. */
const PAGE_VIEWS = 1000
const ISOLATES = 5
const WARM = 50
const DAY = 86_400_000

/** A collector whose isolate can be profiled. */
interface Profiled {
  readonly profile: IsolateProfile
  readonly call: (path: string, body: unknown) => Promise<unknown>
  readonly beacon: (number: number) => Promise<unknown>
  readonly cron: () => Promise<unknown>
}

const post = async (url: URL, body: unknown, headers: Record<string, string>): Promise<unknown> => {
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${url.pathname} was answered ${response.status}: ${await response.text()}`)
  return response.text()
}

const BROWSER = {
  'content-type': 'text/plain;charset=UTF-8',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
}

const beaconOf = (number: number): object => {
  const now = Date.now()
  const record = { i: number, t: now, u: `https://${SITE}/articles/${number % 50}`, r: 'https://www.bing.com/' }
  return { v: 1, s: SITE, n: now, e: [record] }
}

/** Runs with a new isolate on the data of a folder. */
const inIsolate = async <T>(options: MiniflareOptions, migrations: string, run: (one: Profiled) => Promise<T>) => {
  const miniflare = new Miniflare({ ...options, inspectorPort: 0 })
  try {
    await applyMigrations(await miniflare.getD1Database('DB'), migrations)
    const url = await miniflare.ready
    const profile = await openProfile(Number((await miniflare.getInspectorURL()).port))
    const result = await run({
      profile,
      call: (path, body) => post(new URL(path, url), body, { authorization: `Bearer ${TOKEN}` }),
      beacon: number => post(new URL('/v1/e', url), beaconOf(number), BROWSER),
      cron: async () => (await miniflare.getWorker()).scheduled({ scheduledTime: new Date() }),
    })
    profile.close()
    return result
  } finally {
    await miniflare.dispose()
  }
}

const eventOf = (number: number) => ({
  id: `e${number}`,
  name: 'page_view',
  visitor_id: `v${Math.floor(number / 2.5)}`,
  time: Date.now() - Math.floor(((number + 1) * DAY) / PAGE_VIEWS),
  url: `https://${SITE}/articles/${number % 50}`,
  engaged_seconds: 20,
})

const fill = async ({ call, cron }: Profiled): Promise<void> => {
  await call('/api/v1/sites', { domain: SITE, timezone: 'Europe/Stockholm', currency: 'EUR' })
  const events = Array.from({ length: PAGE_VIEWS }, (_, number) => eventOf(number))
  await call(`/api/v1/events?site=${SITE}`, { events })
  await cron()
}

const CARDS = { site: SITE, metrics: OVERVIEW_CARDS, period: '30d', compare: 'previous_period' }

const measureIsolate = async ({ profile, call, beacon, cron }: Profiled, from: number): Promise<Figures> => {
  const first = await profile.busyWhile(() => beacon(from))
  const firstQuery = await profile.busyWhile(() => call('/api/v1/query', CARDS))
  const firstCron = await profile.busyWhile(cron)
  const beacons = async (): Promise<void> => {
    for (let number = 1; number <= WARM; number++) await beacon(from + number)
  }
  await beacons()
  return {
    cpu_ms_first_beacon: first,
    cpu_ms_warm_beacon: (await profile.busyWhile(beacons)) / WARM,
    cpu_ms_first_query: firstQuery,
    cpu_ms_warm_query: await profile.busyWhile(() => call('/api/v1/query', CARDS)),
    cpu_ms_first_cron: firstCron,
    cpu_ms_warm_cron: await profile.busyWhile(cron),
  }
}

/**
 * The processor's time of one invocation, by a profile of the isolate: of a site of 1,000 page views a day, the first of
 * its kind in an isolate and a later one. Medians of several isolates.
 */
export const measureCpu = (): Promise<Figures> =>
  inFolder(async dataDir => {
    await buildAssets()
    const config = readWorkerConfig()
    const settings = { host: '127.0.0.1', port: 0, dataDir, adminToken: TOKEN, demo: false, quiet: true }
    const options = workerdOptions(config, await bundleWorker(config), settings)
    await inIsolate(options, config.migrationsDir, fill)
    const found: Figures[] = []
    for (let n = 1; n <= ISOLATES; n++)
      found.push(await inIsolate(options, config.migrationsDir, one => measureIsolate(one, n * 10_000)))
    const names = Object.keys(found[0] ?? {})
    return Object.fromEntries(names.map(name => [name, median(found.map(one => one[name] ?? 0))]))
  })
