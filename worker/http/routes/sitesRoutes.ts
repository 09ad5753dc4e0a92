import type { Context } from 'hono'
import { scriptTag } from '../../../shared/scriptTag'
import { EMPTY_SETTINGS } from '../../../shared/settings'
import { type Fields, isFields, text } from '../../collect/parse/fields'
import type { HonoEnv } from '../../env'
import { isTimeZone } from '../../lib/calendar'
import { isCurrency } from '../../lib/money'
import { Problem } from '../../lib/problem'
import { type KeyScope, SCOPES } from '../../storage/accessKeys'
import type { Asker } from '../../storage/signIns'
import type { SiteConfig } from '../../storage/siteConfig'
import type { SiteTexts } from '../../storage/sites'
import type { SecretChanges } from '../../storage/webhookSecrets'
import { ANY_SIGN_IN, EDITOR_OF_SITE, OWNER, OWNER_OF_SITE } from '../access'
import { askerOf } from '../askerOf'
import { requireAskersRole } from '../auth'
import { bodyOf } from '../bodyOf'
import { changesOwnersSettings } from '../changesOwnersSettings'
import { currentConfig } from '../currentConfig'
import { directoryOf } from '../directoryOf'
import { expiryOf } from '../expiryOf'
import { hostOf } from '../hostOf'
import { pathsOf } from '../pathsOf'
import { hasRole } from '../rights'
import { route } from '../route'
import { secretChangesIn } from '../secretChangesIn'
import { siteOf } from '../siteOf'
import { siteSettingsOf } from '../siteSettings'
import { sitesOf } from '../sitesOf'
import { withoutRecipients } from '../withoutRecipients'

/** A change of settings without its secrets, and the secrets. */
const partedSettings = (given: unknown): { readonly settings: unknown; readonly changes: SecretChanges } => {
  if (!isFields(given)) return { settings: given, changes: secretChangesIn(undefined) }
  const { webhook_secrets: secrets, ...settings } = given
  return { settings, changes: secretChangesIn(secrets) }
}

const textsOf = (body: Fields, settings: unknown, before: SiteTexts): SiteTexts => {
  const timezone = text(body, 'timezone', 64) ?? before.timezone
  if (!isTimeZone(timezone))
    throw new Problem(400, 'bad_timezone', '"timezone" must be an IANA time zone like Europe/Stockholm.')
  const currency = (text(body, 'currency', 10) ?? before.currency).toUpperCase()
  if (!isCurrency(currency)) throw new Problem(400, 'unknown_currency', '"currency" must be an ISO 4217 code like EUR.')
  return {
    name: text(body, 'name', 200) ?? before.name,
    timezone,
    currency,
    settings: siteSettingsOf(settings, before.settings),
  }
}

/** The settings of a site for somebody who may change them. */
const visibleSettings = (asker: Asker, { domain, settings }: SiteConfig) =>
  hasRole(asker, 'owner', domain) ? settings : withoutRecipients(settings)

/** With the providers whose secret is set, and nothing if none is. */
const shownSettings = (asker: Asker, site: SiteConfig, providers: readonly string[] = []) => ({
  ...visibleSettings(asker, site),
  ...(providers.length > 0 && { webhook_secrets: Object.fromEntries(providers.map(provider => [provider, true])) }),
})

/** Sites for whoever asks. Only those who may change its settings see them. */
const shown = async (c: Context<HonoEnv>, sites: readonly SiteConfig[]) => {
  const asker = askerOf(c)
  const secrets = await directoryOf(c).providersWithWebhookSecret(sites)
  const script = `${new URL(c.req.url).origin}${pathsOf(c.env).paths.script}`
  return sites.map(site => ({
    domain: site.domain,
    name: site.name,
    timezone: site.timezone,
    currency: site.currency,
    ...(hasRole(asker, 'editor', site.domain) && { settings: shownSettings(asker, site, secrets.get(site.id)) }),
    created: new Date(site.created).toISOString(),
    tag: scriptTag(script, site.domain),
  }))
}

const shownOne = async (c: Context<HonoEnv>, site: SiteConfig) => (await shown(c, [site]))[0]

/** Developers open the local site by name and by number. */
const newHostnames = (domain: string): string[] => (domain === 'localhost' ? ['127.0.0.1'] : [])

/** Manages sites and their access keys. */
export const sitesRoutes = [
  route('GET', '/api/v1/sites', ANY_SIGN_IN, async c =>
    c.json({ sites: await shown(c, await sitesOf(directoryOf(c), askerOf(c))) }),
  ),
  route('POST', '/api/v1/sites', OWNER, async c => {
    const body = await bodyOf(c)
    const domain = hostOf(text(body, 'domain', 253) ?? '', 'domain')
    const { settings, changes } = partedSettings(body.settings)
    const texts = textsOf(body, settings, {
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
    await directoryOf(c).changeWebhookSecrets(site.config, changes)
    return c.json(await shownOne(c, site.config), 201)
  }),
  route('GET', '/api/v1/sites/:domain', EDITOR_OF_SITE, async c => c.json(await shownOne(c, siteOf(c).config))),
  route('PATCH', '/api/v1/sites/:domain', EDITOR_OF_SITE, async c => {
    const body = await bodyOf(c)
    const config = await currentConfig(directoryOf(c), siteOf(c).config)
    const { settings, changes } = partedSettings(body.settings)
    const texts = textsOf(body, settings, config)
    // Whoever knows a secret can send orders.
    if (changes.size > 0 || changesOwnersSettings(config.settings, texts.settings))
      requireAskersRole(c, config.domain, 'owner')
    await directoryOf(c).update(config, texts)
    await directoryOf(c).changeWebhookSecrets(config, changes)
    return c.json(await shownOne(c, { ...config, ...texts }))
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
