import { logFailure } from '../../lib/log'
import { ANYONE } from '../access'
import { directoryOf } from '../directoryOf'
import { retryAfter } from '../retryAfter'
import { route } from '../route'

/** `GET /health`: whether the Worker can serve requests, that is, read the database. */
export const healthRoutes = [
  route('GET', '/health', ANYONE, async c => {
    c.header('cache-control', 'no-store')
    try {
      await directoryOf(c).check()
      return c.json({ status: 'ok' })
    } catch (error) {
      logFailure(error, { method: c.req.method, route: '/health' })
      return c.json({ status: 'unavailable' }, 503, retryAfter(error))
    }
  }),
]
