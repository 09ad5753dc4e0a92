/** Payment services and shops whose webhooks the collector takes, by the last part of the address. */
export const WEBHOOK_PROVIDERS = ['stripe', 'paddle', 'shopify', 'woocommerce'] as const

export type WebhookProvider = (typeof WEBHOOK_PROVIDERS)[number]
