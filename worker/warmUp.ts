import type { Hono } from 'hono'
import type { HonoEnv } from './env'
import { offsetAt } from './lib/calendar'

/**
 * Does at start what would else be a part of the first request of each isolate: loading the time zones takes 15
 * milliseconds and building the router 5, and the free plan allows 10 for a request. The start has a second of its own.
 * @see https://developers.cloudflare.com/workers/platform/limits/
 */
export const warmUp = (app: Hono<HonoEnv>): void => {
  offsetAt(0, 'UTC')
  app.router.match('POST', '/v1/e')
}
