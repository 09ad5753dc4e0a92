import { cors } from 'hono/cors'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'
import script from '../../../dist/s.js'
import { ANYONE } from '../access'
import { route } from '../route'

const CROSS_ORIGIN = ['access-control-allow-origin', 'cross-origin-resource-policy']

const OPEN_TO_ALL = cors({ origin: '*' })

/** `GET /s.js`: the snippet. Browsers cache it for a day and revalidate it in the background for a week. */
export const snippetRoutes = [
  route('OPTIONS', '/s.js', ANYONE, OPEN_TO_ALL),
  route(
    'GET',
    '/s.js',
    ANYONE,
    c =>
      c.body(script, 200, {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'public, max-age=86400, stale-while-revalidate=604800',
        'cross-origin-resource-policy': 'cross-origin',
      }),
    [etag({ retainedHeaders: [...RETAINED_304_HEADERS, ...CROSS_ORIGIN] }), OPEN_TO_ALL],
  ),
]
