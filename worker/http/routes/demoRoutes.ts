import type { MiddlewareHandler } from 'hono'
import guideScript from '../../demo/guide.js'
import icon from '../../demo/icon.svg'
import { PAGES } from '../../demo/pages'
import plannerScript from '../../demo/planner.js'
import { PRODUCTS } from '../../demo/products'
import style from '../../demo/shop.css'
import shopScript from '../../demo/shop.js'
import type { HonoEnv } from '../../env'
import { ANYONE } from '../access'
import { pathsOf } from '../pathsOf'
import { route } from '../route'

const HTML = 'text/html; charset=utf-8'
const SCRIPT = 'text/javascript; charset=utf-8'
const SVG = 'image/svg+xml'

const drawings = PRODUCTS.map(({ id, drawing }) => ({ path: `${id}.svg`, type: SVG, body: drawing }))
const files = [
  ...drawings,
  { path: 'shop.css', type: 'text/css; charset=utf-8', body: style },
  { path: 'shop.js', type: SCRIPT, body: shopScript },
  { path: 'guide.js', type: SCRIPT, body: guideScript },
  { path: 'planner.js', type: SCRIPT, body: plannerScript },
  { path: 'icon.svg', type: SVG, body: icon },
]

/** There is a demo shop only where `DEMO` is `"1"`. */
const whereSwitchedOn: MiddlewareHandler<HonoEnv> = async (c, next) => {
  if (c.env.DEMO !== '1') return c.notFound()
  // As strict as a careful site's own: nothing inline, nothing from elsewhere.
  c.header('content-security-policy', "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'")
  c.header('x-content-type-options', 'nosniff')
  await next()
}

/**
 * A small shop to try Footfall on, below `/demo/`.
 *
 * It is instrumented as any site would be: by the script tag, data attributes and calls of `footfall()`.
 */
export const demoRoutes = [
  route('GET', '/demo', ANYONE, c => c.redirect('/demo/')),
  ...Object.entries(PAGES).map(([path, page]) =>
    route(
      'GET',
      `/demo/${path}`,
      ANYONE,
      c => c.body(page(pathsOf(c.env).paths.script), 200, { 'content-type': HTML }),
      [whereSwitchedOn],
    ),
  ),
  ...files.map(({ path, type, body }) =>
    route('GET', `/demo/${path}`, ANYONE, c => c.body(body, 200, { 'content-type': type }), [whereSwitchedOn]),
  ),
]
