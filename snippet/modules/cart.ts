/** One line of a cart, as a shop's API answers it. */
interface Line {
  /** The product or variation that is bought. */
  readonly id: number
  readonly quantity: number
  /** WooCommerce's name, with HTML entities, and its amounts without tax. */
  readonly name: string
  readonly totals?: { readonly line_total: number; readonly currency_minor_unit: number }
  /** Shopify's name, and its price in hundredths, whatever the currency. */
  readonly title?: string
  readonly final_price: number
}

interface Cart {
  readonly items: readonly Line[]
  /** WooCommerce. */
  readonly totals: { readonly currency_code: string }
  /** Shopify. */
  readonly currency?: string
}

interface Item {
  readonly item_id: number
  readonly item_name: string
  readonly price: number
  quantity: number
}

type Items = Record<string, Item>

/**
 * Requests, links and buttons that change a cart, behind the first letter of `fetch` or `xmlhttprequest`. One that changes
 * nothing does no harm, as the cart says what changed. WooCommerce's `cart/update-customer` is left out: it is part of the
 * checkout, and an order empties the cart.
 */
const CHANGE = /^[fx].*(cart\/([acr]|update(?!-c))|(to|from).cart|_item=|batch)/s

/** The cart as this tab saw it last, and a space for each time that the visitor may have changed it since. */
const store = sessionStorage as unknown as { footfall_cart: string }

/**
 * Reads the shop's cart and records the difference. What was in the cart when it was first seen is no event, nor is what
 * disappears without a change by the visitor, as an order or another tab makes it.
 *
 * WordPress names the root of its API in the page.
 * @see https://developer.wordpress.org/rest-api/using-the-rest-api/discovery/
 * @see https://developer.woocommerce.com/docs/apis/store-api/resources-endpoints/cart/
 * @see https://shopify.dev/docs/api/ajax/reference/cart
 */
const read = async () => {
  try {
    const seen = store.footfall_cart
    const answer = await fetch(
      'Shopify' in window
        ? '/cart.js'
        : (document.querySelector<HTMLLinkElement>('[rel*="api.w.org"]')?.href || '/wp-json/') + 'wc/store/v1/cart',
    )
    const cart: Cart = await answer.json()
    const now: Items = {}
    const tell = (name: string, more: Items, less: Items, items: Item[] = [], value = 0) => {
      for (const id in more) {
        const item = { ...(more[id] as Item) }
        item.quantity -= less[id]?.quantity || 0
        if (item.quantity > 0) {
          value += item.quantity * item.price
          items.push(item)
        }
      }
      // A marked element of the page records this event itself.
      if (items[0] && !document.querySelector(`[data-footfall=${name}]`))
        document.footfall?.(name, { currency: cart.currency || cart.totals.currency_code, value, items })
    }
    for (const line of cart.items) {
      // biome-ignore lint/suspicious/noAssignInExpressions: fewer bytes than a statement
      ;(now[line.id] ||= {
        item_id: line.id,
        item_name: line.title || new DOMParser().parseFromString(line.name, 'text/html').body.innerText,
        price: line.totals
          ? line.totals.line_total / 10 ** line.totals.currency_minor_unit / line.quantity
          : line.final_price / 100,
        quantity: 0,
      }).quantity += line.quantity
    }
    // An answer is old if the cart was changed or read again since it was asked for.
    if (seen === store.footfall_cart) {
      store.footfall_cart = JSON.stringify(now)
      if (/ $/.test(seen)) {
        // Throws where nothing was seen before.
        const before: Items = JSON.parse(seen)
        tell('add_to_cart', now, before)
        tell('remove_from_cart', before, now)
      }
    }
  } catch {}
}

// A form or a link that leads to a new page: the cart is read there.
addEventListener(
  'click',
  ({ target }) => {
    const node = (target as Element).closest?.<HTMLAnchorElement & HTMLButtonElement>('a,[type=submit]')
    if (node && CHANGE.test('f' + [node.href, node.className, node.name, node.form?.action])) store.footfall_cart += ' '
  },
  true,
)

// On a new page an empty cart is read only after a change.
if (store.footfall_cart !== '{}') read()

new PerformanceObserver(list => {
  // WooCommerce's page of the cart posts its form to its own address.
  const changes = (list.getEntries() as PerformanceResourceTiming[]).some(
    ({ initiatorType, name }) => name === location.href || CHANGE.test(initiatorType + name),
  )
  if (changes) {
    store.footfall_cart += ' '
    read()
  }
}).observe({ type: 'resource', buffered: true })

export {}
