import { Hono } from 'hono'
import { routePath } from 'hono/route'
import type { QueuedEvents } from './collect/store/queuedEvents'
import { storeQueued } from './collect/store/storeQueued'
import { runCron } from './cron'
import { dashboardRoutes } from './dashboard/routes'
import { openDirectory } from './directory'
import type { Env, HonoEnv } from './env'
import { openapiRoutes } from './http/openapi/openapiRoutes'
import { limitCalls } from './http/rateLimit'
import { retryAfter } from './http/retryAfter'
import { backupRoutes } from './http/routes/backupRoutes'
import { beaconRoutes } from './http/routes/beaconRoutes'
import { demoRoutes } from './http/routes/demoRoutes'
import { eventsRoutes } from './http/routes/eventsRoutes'
import { healthRoutes } from './http/routes/healthRoutes'
import { importsRoutes } from './http/routes/importsRoutes'
import { nowRoutes } from './http/routes/nowRoutes'
import { peopleRoutes } from './http/routes/peopleRoutes'
import { queryRoutes } from './http/routes/queryRoutes'
import { rejectionsRoutes } from './http/routes/rejectionsRoutes'
import { sitesRoutes } from './http/routes/sitesRoutes'
import { snippetRoutes } from './http/routes/snippetRoutes'
import { logFailure } from './lib/log'
import { Problem } from './lib/problem'
import { d1 } from './storage/d1'

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
app.route('/', rejectionsRoutes)
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
  queue: (batch, env) => storeQueued(d1(env.DB), batch),
  scheduled: async (_event, env) => {
    try {
      await runCron(openDirectory(env.DB), Date.now())
    } catch (error) {
      logFailure(error, { job: 'cron' })
      throw error
    }
  },
} satisfies ExportedHandler<Env, QueuedEvents>
