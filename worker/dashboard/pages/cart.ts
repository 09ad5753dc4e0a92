import type { Page } from '../page'

/** From a product looked at to an order, and what was left on the way. */
export const cart: Page = {
  id: 'cart',
  title: 'Cart',
  path: '/cart',
  controls: true,
  listed: true,
  metrics: [
    'conversion_rate',
    'cart_abandonment_rate',
    'carts',
    'checkout_abandonment_rate',
    'cart_recovery_rate',
    'events',
  ],
  panels: [
    {
      id: 'funnel',
      title: 'From view to purchase',
      lead: 'Sessions in which each step happened. A loss is the difference between two such counts: steps may come in any order, and nobody is followed from one to the next.',
      csv: true,
    },
    { id: 'abandonment', title: 'Abandonment over time', csv: true },
    { id: 'breakdown', title: 'Abandonment by device and source', csv: true },
    {
      id: 'products',
      title: 'Products',
      lead: 'How often each was put into a cart, and how much oftener that was than it was bought.',
      csv: true,
      half: true,
    },
    {
      id: 'recoveries',
      title: 'What became of carts',
      lead: 'A cart here is a shopping episode: it ends when it is bought, emptied, or left alone for 24 hours.',
      csv: true,
      half: true,
    },
  ],
}
