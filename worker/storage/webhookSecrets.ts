import type { WebhookProvider } from '../../shared/webhookProviders'
import { type Database, firstRow, statement } from './database'
import webhookSecretsDelete from './sql/webhook_secrets.delete.sql'
import webhookSecretsSelect from './sql/webhook_secrets.select.sql'
import webhookSecretsSelectProviders from './sql/webhook_secrets.select_providers.sql'
import webhookSecretsUpsert from './sql/webhook_secrets.upsert.sql'
import { writeBatch } from './writeBatch'

/** New secrets by provider; `null` removes one. */
export type SecretChanges = ReadonlyMap<WebhookProvider, string | null>

export const changeWebhookSecrets = async (db: Database, site: number, changes: SecretChanges): Promise<void> => {
  if (changes.size === 0) return
  await writeBatch(
    db,
    Array.from(changes, ([provider, secret]) =>
      secret === null
        ? statement(webhookSecretsDelete, site, provider)
        : statement(webhookSecretsUpsert, site, provider, secret),
    ),
  )
}

/** The secret with which a provider signs its webhooks to a site; `null` if the owner has not set it. */
export const findWebhookSecret = async (
  db: Database,
  site: number,
  provider: WebhookProvider,
): Promise<string | null> =>
  (await firstRow<{ secret: string }>(db, webhookSecretsSelect, site, provider))?.secret ?? null

/** For each of these sites, the providers whose secret is set. */
export const providersWithWebhookSecret = async (
  db: Database,
  sites: readonly number[],
): Promise<ReadonlyMap<number, readonly string[]>> => {
  const { rows } = await db.all<{ site: number; provider: string }>(
    webhookSecretsSelectProviders,
    JSON.stringify(sites),
  )
  return new Map(
    Array.from(
      Map.groupBy(rows, ({ site }) => site),
      ([site, ofSite]) => [site, ofSite.map(({ provider }) => provider)],
    ),
  )
}
