import type { Context } from 'hono'
import type { HonoEnv } from '../../env'
import { failureOf } from '../../lib/log'
import { OWNER } from '../access'
import { bucketReports } from '../bucketReports'
import { directoryOf } from '../directoryOf'
import { pathsOf } from '../pathsOf'
import { route } from '../route'

const BINDINGS = ['DB', 'BEACONS', 'CALLS', 'QUEUE'] as const

/** A reading of the database, or why there is none. */
const readingOf = async <T>(read: () => Promise<T>): Promise<{ value: T | null; code: string | null }> => {
  try {
    return { value: await read(), code: null }
  } catch (error) {
    return { value: null, code: failureOf(error).code }
  }
}

const diagnosisOf = async (c: Context<HonoEnv>) => {
  const [migrations, cron, sites] = await Promise.all([
    readingOf(async () => directoryOf(c).listMigrations()),
    readingOf(async () => directoryOf(c).lastCronRun()),
    // A site with an object of its own gets no files on days without traffic.
    readingOf(async () => directoryOf(c).listInDatabase()),
  ])
  return {
    time: new Date().toISOString(),
    // One's own server is a single isolate, which needs no limits across isolates.
    platform: c.req.raw.cf?.colo === undefined ? 'local' : 'cloudflare',
    bindings: Object.fromEntries(BINDINGS.map(name => [name, c.env[name] !== undefined])),
    paths: pathsOf(c.env).paths,
    paths_fault: pathsOf(c.env).fault,
    database: migrations.code ?? 'ok',
    migrations: migrations.value,
    cron: cron.value === null ? null : new Date(cron.value).toISOString(),
    buckets: await bucketReports(
      c.env,
      (sites.value ?? []).map(({ config }) => config),
    ),
  }
}

/** `GET /api/v1/doctor`: the parts of an installation that only its Worker sees, for `npm run doctor`. */
export const doctorRoutes = [
  route('GET', '/api/v1/doctor', OWNER, async c => c.json(await diagnosisOf(c), 200, { 'cache-control': 'no-store' })),
]
