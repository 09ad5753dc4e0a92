import { EDITOR_OF_SITE } from '../access'
import { detectPlatform } from '../platform/detectPlatform'
import { fetchFrontPage } from '../platform/fetchFrontPage'
import { route } from '../route'
import { siteOf } from '../siteOf'

/** `POST /api/v1/sites/:domain/platform`: the site's platform, detected from its front page. */
export const platformRoutes = [
  route('POST', '/api/v1/sites/:domain/platform', EDITOR_OF_SITE, async c => {
    const page = await fetchFrontPage(siteOf(c).config.domain)
    return c.json({ platform: detectPlatform(page) }, 200, { 'cache-control': 'no-store' })
  }),
]
