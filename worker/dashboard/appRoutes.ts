import { ANYONE } from '../http/access'
import { type Route, route } from '../http/route'

/** Three bars that rise, which stay legible at any size and in any shape that a home screen cuts. */
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><rect width="512" height="512" fill="#1a56b8"/><g fill="#fff"><rect x="124" y="268" width="72" height="120" rx="16"/><rect x="220" y="196" width="72" height="192" rx="16"/><rect x="316" y="124" width="72" height="264" rx="16"/></g></svg>`

const MANIFEST = {
  name: 'Footfall',
  short_name: 'Footfall',
  start_url: '/',
  display: 'standalone',
  background_color: '#f6f7f8',
  theme_color: '#1a56b8',
  icons: [{ src: '/icon.svg', type: 'image/svg+xml', sizes: 'any', purpose: 'any maskable' }],
}

const CACHED = { 'cache-control': 'public, max-age=86400' }

/** What a phone needs to put the dashboard on its home screen. */
export const appRoutes: readonly Route[] = [
  route('GET', '/icon.svg', ANYONE, c => c.body(ICON, 200, { ...CACHED, 'content-type': 'image/svg+xml' })),
  route('GET', '/manifest.webmanifest', ANYONE, c =>
    c.body(JSON.stringify(MANIFEST), 200, { ...CACHED, 'content-type': 'application/manifest+json' }),
  ),
]
