import { Hono } from 'hono'
import { routePath } from 'hono/route'
import { backupRoutes } from './api/backup'
import { beaconRoutes } from './api/beacon'
import { eventsRoutes } from './api/events'
import { healthRoutes } from './api/health'
import { importsRoutes } from './api/imports'
import { nowRoutes } from './api/now'
import { openapiRoutes } from './api/openapi/openapiRoutes'
import { peopleRoutes } from './api/people'
import { queryRoutes } from './api/query'
import { limitCalls } from './api/ratelimit'
import { refusalsRoutes } from './api/refusals'
import { retryAfter } from './api/retryAfter'
import { sitesRoutes } from './api/sites'
import { dashboardRoutes } from './dashboard/routes'
import { demoRoutes } from './demo'
import type { Env, HonoEnv } from './env'
import type { Queued } from './ingest/queued'
import { storeQueued } from './ingest/storeQueued'
import { logFailure } from './log'
import { Problem } from './problem'
import { runCron } from './rollup/cron'
import { snippetRoutes } from './snippet'

/** Everything that can be asked of the Worker. */
export const app = new Hono<HonoEnv>()

app.onError((error, c) => {
  const isRefusal = error instanceof Problem && error.status < 500
  if (!isRefusal) logFailure(error, { method: c.req.method, route: routePath(c, -1) })
  if (error instanceof Problem) {
    const body = { error: { code: error.code, message: error.message } }
    return c.json(body, error.status, error.status === 503 ? retryAfter() : {})
  }
  const body = { error: { code: 'unavailable', message: 'The request could not be handled now; try again.' } }
  return c.json(body, 503, retryAfter())
})

app.notFound(c => c.json({ error: { code: 'not_found', message: 'There is nothing at this address.' } }, 404))

app.use('/api/v1/*', limitCalls)
app.use('/login', limitCalls)
app.route('/', healthRoutes)
app.route('/', dashboardRoutes)
app.route('/', snippetRoutes)
app.route('/', beaconRoutes)
app.route('/', eventsRoutes)
app.route('/', importsRoutes)
// Before the sites', which are the owner's alone.
app.route('/', nowRoutes)
app.route('/', refusalsRoutes)
app.route('/', peopleRoutes)
app.route('/', sitesRoutes)
app.route('/', backupRoutes)
app.route('/', queryRoutes)
app.route('/', openapiRoutes)
app.route('/', demoRoutes)

/** Browsers read every answer as what it says it is. Set here, as a middleware would cost each beacon another call. */
const fetchUnsniffed = async (request: Request, env: Env, context: ExecutionContext): Promise<Response> => {
  const response = await app.fetch(request, env, context)
  response.headers.set('x-content-type-options', 'nosniff')
  return response
}

export default {
  fetch: fetchUnsniffed,
  queue: (batch, env) => storeQueued(env.DB, batch),
  scheduled: async (_event, env) => {
    try {
      await runCron(env.DB, Date.now())
    } catch (error) {
      logFailure(error, { job: 'cron' })
      throw error
    }
  },
} satisfies ExportedHandler<Env, Queued>
