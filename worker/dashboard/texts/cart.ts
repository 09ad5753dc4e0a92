import { texts } from './texts'

export const cartTexts = texts('cart', {
  title: 'Shop',
  panels: {
    setup: 'Set up your shop',
    funnel: 'Purchase funnel',
    abandonment: 'Cart abandonment rate',
    breakdown: 'Abandonment breakdown',
    products: 'Products',
    recoveries: 'Cart outcomes',
    coverage: 'Order coverage',
  },
  leads: {
    funnel: 'Sessions that reached each step, in any order.',
    products: 'Adds to cart and purchases by product.',
    recoveries: 'A cart can span sessions. It closes when it is purchased, emptied, or idle for 24 hours.',
    coverage: 'Orders from your server or shop that the tag also saw in the browser.',
  },
})
