import { type Context, Hono } from 'hono'
import { routePath } from 'hono/route'
import type { QueuedEvents } from './collect/store/queuedEvents'
import { storeQueued } from './collect/store/storeQueued'
import { runCron } from './cron'
import { unavailablePage } from './dashboard/unavailable'
import { openDirectory } from './directory'
import type { Env, HonoEnv } from './env'
import { NOSNIFF } from './http/nosniff'
import { problemOf } from './http/problemOf'
import { limitCalls, limitHooks } from './http/rateLimit'
import { retryAfter } from './http/retryAfter'
import { addRoutes } from './http/route'
import { routedPath } from './http/routedPath'
import { logFailure } from './lib/log'
import { Problem } from './lib/problem'
import { routes } from './routes'
import { d1 } from './storage/d1'
import { budgetOf } from './storage/statementBudget'
import { warmUp } from './warmUp'

export { SiteObject } from './objects/siteObject'

/** Everything that can be asked of the Worker. */
export const app = new Hono<HonoEnv>({ getPath: routedPath })

/** Whether a person opens an address in a browser, and no program or script asks. */
const isNavigation = ({ req }: Context): boolean =>
  /\btext\/html\b/.test(req.header('accept') ?? '') && !/^\/(?:api|v1)\//.test(req.path)

app.onError((error, c) => {
  const isRefusal = error instanceof Problem && error.status < 500
  if (!isRefusal) logFailure(error, { method: c.req.method, route: routePath(c, -1) })
  const { status, code, message } = problemOf(error)
  if (status !== 503) return c.json({ error: { code, message } }, status)
  if (isNavigation(c)) return unavailablePage(c, message, retryAfter(error))
  return c.json({ error: { code, message } }, status, retryAfter(error))
})

app.notFound(c => c.json({ error: { code: 'not_found', message: 'This address does not exist.' } }, 404))

app.use('/api/v1/*', limitCalls)
app.use('/hooks/*', limitHooks)
app.use('/login/*', limitCalls)
app.use('/invite/*', limitCalls)
app.use('/share/*', limitCalls)
app.use('/mcp', limitCalls)
app.use('/reports/*', limitCalls)
addRoutes(app, routes)
warmUp(app)

/** Set here, as a middleware would cost each beacon another call. */
const fetchUnsniffed = async (request: Request, env: Env, context: ExecutionContext): Promise<Response> => {
  const response = await app.fetch(request, env, context)
  if (!response.headers.has(NOSNIFF.header)) response.headers.set(NOSNIFF.header, NOSNIFF.value)
  return response
}

export default {
  fetch: fetchUnsniffed,
  queue: (batch, env) => storeQueued(d1(env.DB), batch),
  scheduled: async (_event, env) => {
    try {
      const budget = budgetOf(env.PLAN)
      await runCron(openDirectory(env, budget), Date.now(), budget, env)
    } catch (error) {
      logFailure(error, { job: 'cron' })
      throw error
    }
  },
} satisfies ExportedHandler<Env, QueuedEvents>
