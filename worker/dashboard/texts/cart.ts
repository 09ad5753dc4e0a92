import { texts } from './texts.ts'

export const cartTexts = texts('cart', {
  title: 'Shop',
  panels: {
    setup: 'Set up your shop',
    cards: 'Top stats',
    chart: 'Over time',
    funnel: 'Purchase funnel',
    abandonment: 'Cart abandonment rate',
    breakdown: 'Abandonment breakdown',
    products: 'Products',
    recoveries: 'Cart outcomes',
    coverage: 'Order coverage',
  },
  leads: {
    funnel: 'Sessions that reached each step, in any order.',
    products: 'Views, adds to cart and purchases by product.',
    recoveries: 'A cart can span sessions. It closes when it is purchased, emptied, or idle for 24 hours.',
    coverage: 'Orders from your server or shop that the tag also saw in the browser.',
  },
  setup: {
    intro: 'This page fills with data once your shop sends these events. None were received in this period.',
    pageViews: 'Page views',
    view_item: 'Product views',
    add_to_cart: 'Add to cart',
    begin_checkout: 'Checkout',
    purchase: 'Purchase',
  },
  funnel: {
    view_item: 'Viewed product',
    add_to_cart: 'Added to cart',
    begin_checkout: 'Started checkout',
    purchase: 'Purchased',
    table: 'Sessions by step',
    dropOffHelp: 'From the previous step',
    share: '% of sessions',
    noShopping:
      'Sessions were recorded, but none with view_item, add_to_cart, begin_checkout or purchase. Send them with footfall(\'add_to_cart\', …) or data-footfall="add_to_cart".',
    missing: {
      one: 'We haven’t received {events} events. Add them to see drop-off for its step.',
      other: 'We haven’t received {events} events. Add them to see drop-off for their steps.',
    },
  },
  abandonment: {
    countBy: 'Count by',
    carts: 'Carts',
    ofSessions: 'Sessions with an abandoned cart',
    ofVisitors: 'Visitors with an abandoned cart',
    ofCarts: 'Abandoned carts',
  },
  products: {
    table: 'Products',
    product: 'Product',
    viewed: 'Views',
    viewedHelp: 'Product views',
    added: 'Added',
    addedHelp: 'Adds to cart',
    purchased: 'Purchased',
    purchasedHelp: 'Purchases that include the product',
    abandoned: 'Abandoned',
    abandonedHelp: 'Adds to cart minus purchases',
    rare: 'Products that are rarely viewed, added or purchased are not shown.',
    none: 'No product was viewed, added to a cart or purchased in this period. Send view_item, add_to_cart and purchase with items, each with an item_id.',
  },
  outcomes: {
    table: 'Cart outcomes',
    carts: 'Carts',
    number: 'Number',
    share: '% of closed carts',
    converted: 'Purchased',
    emptied: 'Emptied',
    abandoned: 'Abandoned',
    recovered: 'Recovered within 30 days',
    direct: 'Direct purchases (no cart event)',
    open: 'Open carts',
    none: 'No carts in this period. Send add_to_cart, or try a longer range.',
  },
  coverage: {
    complete: 'The tag saw every order.',
    noneSeen:
      'The tag saw none of them: only your server or shop reports them. To compare, send purchase from the page too, with the same transaction_id.',
    unseen: {
      one: '{count} order was not seen in a browser, so it has no source: the script was blocked, or the order was placed elsewhere. Revenue includes it.',
      other:
        '{count} orders were not seen in a browser, so they have no source: the script was blocked, or the order was placed elsewhere. Revenue includes them.',
    },
  },
})
