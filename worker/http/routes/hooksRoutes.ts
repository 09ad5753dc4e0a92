import type { Context } from 'hono'
import { LIMITS } from '../../../shared/limits'
import { WEBHOOK_PROVIDERS } from '../../../shared/webhookProviders'
import type { HookProvider } from '../../collect/hooks/hookProvider'
import { hookProviderOf } from '../../collect/hooks/hookProviders'
import { type HookResult, ignored } from '../../collect/hooks/hookResult'
import { withHiddenVisitor } from '../../collect/hooks/withHiddenVisitor'
import { isFields } from '../../collect/parse/fields'
import type { HonoEnv } from '../../env'
import { Problem } from '../../lib/problem'
import type { SiteConfig } from '../../storage/siteConfig'
import { ANYONE } from '../access'
import { siteWithDomain } from '../auth'
import { parseJson, readText } from '../body'
import { checkSignature } from '../checkSignature'
import { directoryOf } from '../directoryOf'
import { route } from '../route'
import { storeServerEvents } from '../storeServerEvents'

const providerOf = (name: string): HookProvider => {
  const provider = hookProviderOf(name)
  if (provider) return provider
  throw new Problem(
    404,
    'unknown_provider',
    `Unknown provider. The address must end with one of ${WEBHOOK_PROVIDERS.join(', ')}.`,
  )
}

/** @throws Problem `no_webhook_secret` */
const secretOf = async (c: Context<HonoEnv>, site: SiteConfig, { id, name }: HookProvider): Promise<string> => {
  const secret = await directoryOf(c).findWebhookSecret(site, id)
  if (secret !== null) return secret
  throw new Problem(
    403,
    'no_webhook_secret',
    `Set the secret with which ${name} signs: PATCH /api/v1/sites/${site.domain} with {"settings":{"webhook_secrets":{"${id}":"…"}}}.`,
  )
}

const topicOf = (c: Context<HonoEnv>, { topicHeader }: HookProvider): string =>
  (topicHeader && c.req.header(topicHeader)) ?? ''

const isTest = (c: Context<HonoEnv>, { testHeader }: HookProvider): boolean =>
  testHeader !== undefined && c.req.header(testHeader) === 'true'

const resultOf = (c: Context<HonoEnv>, provider: HookProvider, text: string): HookResult => {
  if (provider.isPing?.(text) || isTest(c, provider)) return ignored('A test of the address.')
  const body = parseJson(text)
  if (!isFields(body)) throw new Problem(400, 'bad_shape', 'The body must be a JSON object.')
  return provider.read(body, topicOf(c, provider))
}

/** @throws Problem as `checkSignature` */
const check = async (c: Context<HonoEnv>, site: SiteConfig, provider: HookProvider, text: string): Promise<void> => {
  const header = provider.signatureHeader
  const signature = provider.signatureOf(c.req.header(header) ?? null, text)
  await checkSignature(signature, header, await secretOf(c, site, provider), Date.now())
}

/**
 * `POST /hooks/:site/:provider`: what a provider's webhook reports, once its signature is checked. Providers repeat what is
 * not answered 2xx, so what can never be stored is answered 200 with the reason.
 */
export const hooksRoutes = [
  route('POST', '/hooks/:site/:provider', ANYONE, async c => {
    const provider = providerOf(c.req.param('provider'))
    const site = await siteWithDomain(c, c.req.param('site'))
    const text = await readText(c.req.raw, LIMITS.hookBytes)
    if (!provider.isPing?.(text)) await check(c, site.config, provider, text)
    const result = resultOf(c, provider, text)
    if ('ignored' in result) return c.json({ accepted: 0, duplicates: 0, refused: [], ignored: result.ignored })
    const events = await Promise.all(result.events.map(event => withHiddenVisitor(event, provider.id, site.config)))
    return c.json(await storeServerEvents(c, site, events))
  }),
]
