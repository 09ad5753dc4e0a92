import { WEBHOOK_PROVIDERS, type WebhookProvider } from '../../shared/webhookProviders'
import { isFields } from '../collect/parse/fields'
import type { SecretChanges } from '../storage/webhookSecrets'
import { badSetting, lineOf } from './lineOf'

/** Characters. */
const LONGEST = 500

const isProvider = (name: string): name is WebhookProvider => WEBHOOK_PROVIDERS.some(provider => provider === name)

/**
 * The secrets with which providers sign their webhooks, in a `settings.webhook_secrets`. `null` or "" removes one, `true`
 * keeps it, which is how settings show it, and `null` for the whole setting removes all of them.
 * @throws Problem `bad_settings`
 */
export const secretChangesIn = (given: unknown): SecretChanges => {
  if (given === undefined) return new Map()
  if (given === null) return new Map(WEBHOOK_PROVIDERS.map(provider => [provider, null]))
  if (!isFields(given)) throw badSetting('"settings.webhook_secrets" must be an object like {"stripe":"whsec_…"}.')
  return new Map(
    Object.entries(given).flatMap(([name, secret]): [WebhookProvider, string | null][] => {
      if (!isProvider(name)) {
        throw badSetting(
          `"settings.webhook_secrets" has an unknown provider "${name.slice(0, 60)}". Use ${WEBHOOK_PROVIDERS.join(', ')}.`,
        )
      }
      if (secret === true) return []
      const isRemoved = secret === null || secret === ''
      return [[name, isRemoved ? null : lineOf(secret, `settings.webhook_secrets.${name}`, LONGEST).trim()]]
    }),
  )
}
