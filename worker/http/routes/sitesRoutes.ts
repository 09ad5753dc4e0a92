import type { Context } from 'hono'
import { scriptTag } from '../../../shared/scriptTag'
import { EMPTY_SETTINGS } from '../../../shared/settings'
import { type Fields, text } from '../../collect/parse/fields'
import type { HonoEnv } from '../../env'
import { isTimeZone } from '../../lib/calendar'
import { isCurrency } from '../../lib/money'
import { Problem } from '../../lib/problem'
import { type KeyScope, SCOPES } from '../../storage/accessKeys'
import type { SiteConfig } from '../../storage/siteConfig'
import type { SiteTexts } from '../../storage/sites'
import { OWNER, OWNER_OF_SITE } from '../access'
import { bodyOf } from '../bodyOf'
import { currentConfig } from '../currentConfig'
import { directoryOf } from '../directoryOf'
import { expiryOf } from '../expiryOf'
import { hostOf } from '../hostOf'
import { pathsOf } from '../pathsOf'
import { route } from '../route'
import { siteOf } from '../siteOf'
import { siteSettingsOf } from '../siteSettings'

const textsOf = (body: Fields, before: SiteTexts): SiteTexts => {
  const timezone = text(body, 'timezone', 64) ?? before.timezone
  if (!isTimeZone(timezone))
    throw new Problem(400, 'bad_timezone', '"timezone" must be an IANA time zone like Europe/Stockholm.')
  const currency = (text(body, 'currency', 10) ?? before.currency).toUpperCase()
  if (!isCurrency(currency)) throw new Problem(400, 'unknown_currency', '"currency" must be an ISO 4217 code like EUR.')
  return {
    name: text(body, 'name', 200) ?? before.name,
    timezone,
    currency,
    settings: siteSettingsOf(body.settings, before.settings),
  }
}

const shown = (c: Context<HonoEnv>, { domain, name, timezone, currency, settings, created }: SiteConfig) => ({
  domain,
  name,
  timezone,
  currency,
  settings,
  created: new Date(created).toISOString(),
  tag: scriptTag(`${new URL(c.req.url).origin}${pathsOf(c.env).paths.script}`, domain),
})

/** Developers open the local site by name and by number. */
const newHostnames = (domain: string): string[] => (domain === 'localhost' ? ['127.0.0.1'] : [])

/** Manages sites and their access keys. */
export const sitesRoutes = [
  route('GET', '/api/v1/sites', OWNER, async c =>
    c.json({ sites: (await directoryOf(c).list()).map(({ config }) => shown(c, config)) }),
  ),
  route('POST', '/api/v1/sites', OWNER, async c => {
    const body = await bodyOf(c)
    const domain = hostOf(text(body, 'domain', 253) ?? '', 'domain')
    const texts = textsOf(body, {
      name: domain,
      timezone: 'UTC',
      currency: 'USD',
      settings: { ...EMPTY_SETTINGS, hostnames: newHostnames(domain) },
    })
    const site = await directoryOf(c).add(domain, texts)
    if (!site)
      throw new Problem(
        409,
        'site_exists',
        `The site "${domain}" already exists. Change it with PATCH /api/v1/sites/${domain}.`,
      )
    return c.json(shown(c, site.config), 201)
  }),
  route('GET', '/api/v1/sites/:domain', OWNER_OF_SITE, async c => c.json(shown(c, siteOf(c).config))),
  route('PATCH', '/api/v1/sites/:domain', OWNER_OF_SITE, async c => {
    const body = await bodyOf(c)
    const config = await currentConfig(directoryOf(c), siteOf(c).config)
    const texts = textsOf(body, config)
    await directoryOf(c).update(config, texts)
    return c.json(shown(c, { ...config, ...texts }))
  }),
  route('DELETE', '/api/v1/sites/:domain', OWNER_OF_SITE, async c => {
    await directoryOf(c).remove(siteOf(c).config)
    return c.body(null, 204)
  }),
  route('GET', '/api/v1/sites/:domain/keys', OWNER_OF_SITE, async c =>
    c.json({ keys: await directoryOf(c).listKeys(siteOf(c).config) }),
  ),
  route('POST', '/api/v1/sites/:domain/keys', OWNER_OF_SITE, async c => {
    const site = siteOf(c)
    const body = await bodyOf(c)
    const name = text(body, 'name', 200)
    if (!name) throw new Problem(400, 'missing_name', 'A key needs a "name" that says what it is for.')
    const scope = SCOPES.find(one => one === body.scope)
    if (!scope) throw new Problem(400, 'bad_scope', `"scope" must be one of ${SCOPES.join(', ')}.`)
    return c.json(await directoryOf(c).addKey(site.config, name, scope satisfies KeyScope, expiryOf(body)), 201)
  }),
  route('DELETE', '/api/v1/sites/:domain/keys/:id', OWNER_OF_SITE, async c => {
    const site = siteOf(c)
    const id = Number(c.req.param('id'))
    if (!Number.isSafeInteger(id) || !(await directoryOf(c).removeKey(site.config, id))) {
      throw new Problem(404, 'unknown_key', 'This site has no key with this id.')
    }
    return c.body(null, 204)
  }),
]
