import type { Page } from '../page'

/** The purchase funnel and abandoned carts. */
export const cart = {
  id: 'cart',
  title: 'Shop',
  path: '/shop',
  formerPath: '/cart',
  controls: true,
  listed: true,
  share: 'own metrics',
  metrics: [
    'conversion_rate',
    'cart_abandonment_rate',
    'carts',
    'checkout_abandonment_rate',
    'cart_recovery_rate',
    'events',
    'order_coverage',
  ],
  panels: [
    { id: 'setup', title: 'Set up your shop', hidden: true },
    {
      id: 'funnel',
      title: 'Purchase funnel',
      lead: 'Sessions that reached each step, in any order.',
      csv: true,
    },
    { id: 'abandonment', title: 'Cart abandonment rate', csv: true },
    { id: 'breakdown', title: 'Abandonment breakdown', csv: true },
    {
      id: 'products',
      title: 'Products',
      lead: 'Adds to cart and purchases by product.',
      csv: true,
      half: true,
    },
    {
      id: 'recoveries',
      title: 'Cart outcomes',
      lead: 'A cart can span sessions. It closes when it is purchased, emptied, or idle for 24 hours.',
      csv: true,
      half: true,
    },
    {
      id: 'coverage',
      title: 'Order coverage',
      lead: 'Orders from your server or shop that the tag also saw in the browser.',
      hidden: true,
      csv: true,
      half: true,
    },
  ],
} as const satisfies Page
