import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'
import script from '../../../dist/s.js'
import type { HonoEnv } from '../../env'

const CROSS_ORIGIN = ['access-control-allow-origin', 'cross-origin-resource-policy']

/** `GET /s.js`: the snippet, kept for a day by browsers, then asked for anew behind the visitor's back for a week. */
export const snippetRoutes = new Hono<HonoEnv>()
  .use('/s.js', etag({ retainedHeaders: [...RETAINED_304_HEADERS, ...CROSS_ORIGIN] }), cors({ origin: '*' }))
  .get('/s.js', c =>
    c.body(script, 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=86400, stale-while-revalidate=604800',
      'cross-origin-resource-policy': 'cross-origin',
    }),
  )
