import type { Page } from '../page'
import { cartTexts } from '../texts/cart'

/** The purchase funnel and abandoned carts. */
export const cart = {
  id: 'cart',
  texts: cartTexts,
  path: '/shop',
  formerPath: '/cart',
  controls: true,
  listed: true,
  share: 'own metrics',
  metrics: [
    'revenue',
    'orders',
    'average_order_value',
    'purchase_conversion_rate',
    'cart_abandonment_rate',
    'cart_value_abandoned',
    'cart_value_recovered',
    'conversion_rate',
    'carts',
    'checkout_abandonment_rate',
    'cart_recovery_rate',
    'events',
    'order_coverage',
  ],
  panels: [
    { id: 'setup', hidden: true },
    { id: 'cards', csv: true },
    { id: 'chart', csv: true },
    { id: 'funnel', csv: true },
    { id: 'abandonment', csv: true },
    { id: 'breakdown', csv: true },
    { id: 'products', csv: true },
    { id: 'recoveries', csv: true, half: true },
    { id: 'coverage', hidden: true, csv: true, half: true },
  ],
} as const satisfies Page
