import type { WebhookProvider } from '../../../shared/webhookProviders'
import type { HookProvider } from './hookProvider'
import { paddle } from './paddle'
import { shopify } from './shopify'
import { stripe } from './stripe'
import { woocommerce } from './woocommerce'

/** Every provider whose webhooks are taken. */
export const HOOK_PROVIDERS: Readonly<Record<WebhookProvider, HookProvider>> = { stripe, paddle, shopify, woocommerce }

/** The provider of an address, `null` for one that is unknown. */
export const hookProviderOf = (name: string): HookProvider | null =>
  Object.values(HOOK_PROVIDERS).find(({ id }) => id === name) ?? null
