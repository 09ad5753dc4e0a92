import type { Env } from '../../worker/env'
import { METRICS } from '../../worker/metrics/definitions'
import { counting } from './counting'
import { importEvents, measureCron } from './inside/imports'
import { measureRound, prepareIngest } from './inside/ingest'
import { finish, load } from './inside/month'
import { measureCatalogue, measureMetric, measureOverview, measurePairs } from './inside/questions'
import { measureRaw } from './inside/raw'
import { measureReports } from './inside/reports'

type Ask = (env: Env, number: (name: string) => number, request: Request) => unknown

const size = async ({ DB }: Env) => {
  const { db, counts } = counting(DB)
  await db.prepare('select 1').all()
  return counts
}

const name = (request: Request): string => new URL(request.url).searchParams.get('metric') ?? ''

/** Measurements inside workerd, by path. */
const ROUTES: Readonly<Record<string, Ask>> = {
  '/size': size,
  '/load': ({ DB }, n) =>
    load(DB, {
      pageviews: n('pageviews'),
      isSparse: n('sparse') === 1,
      isShop: n('shop') === 1,
      start: n('start'),
      from: n('from'),
      to: n('to'),
    }),
  '/finish': ({ DB }, n) => finish(DB, n('now')),
  '/overview': ({ DB }, n) => measureOverview(DB, n('now')),
  '/pairs': ({ DB }, n) => measurePairs(DB, n('now')),
  '/catalogue': ({ DB }, n) => measureCatalogue(DB, n('now')),
  '/report': ({ DB }, n) => measureReports(DB, n('now')),
  '/metrics': () => METRICS.map(({ id }) => id),
  '/metric': ({ DB }, n, request) => measureMetric(DB, name(request), n('now')),
  '/raw': ({ DB }, n) => measureRaw(DB, n('now')),
  '/ingest/prepare': async env => ({ prepared: await prepareIngest(env) }),
  '/ingest': (env, n) => measureRound(env, n('round'), n('count'), n('at_a_time')),
  '/import': async (env, _, request) => importEvents(env, await request.text()),
  '/cron': (env, n) => measureCron(env, n('now')),
}

/** The benchmark's own Worker: it measures inside workerd, as a loop over HTTP would hide the cost. */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    const route = ROUTES[pathname]
    if (!route) return new Response('There is no such measurement.', { status: 404 })
    return Response.json(await route(env, name => Number(searchParams.get(name)), request))
  },
} satisfies ExportedHandler<Env>
