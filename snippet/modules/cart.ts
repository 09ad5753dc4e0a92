/** A line of the cart in the answer of a shop's API. */
interface Line {
  /** The product or variation. */
  readonly id: number
  readonly quantity: number
  /** WooCommerce's name, with HTML entities, and its amounts without tax. */
  readonly name: string
  readonly totals?: { readonly line_total: number; readonly currency_minor_unit: number }
  /** Shopify's name, and its price in hundredths in every currency. */
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
 * Requests, links and buttons that change a cart, after the first letter of `fetch` or `xmlhttprequest`. A false match does no
 * harm, because the cart itself says what changed. WooCommerce's `cart/update-customer` is left out: it is part of the
 * checkout, and an order empties the cart.
 */
const CHANGE = /^[fx].*(cart\/([acr]|update(?!-c))|(to|from).cart|_item=|batch)/s

/** The cart as this tab last read it, followed by a space for each possible change by the visitor since. */
const store = sessionStorage as unknown as { footfall_cart: string }

/**
 * Reads the shop's cart and records the difference. Items that were in the cart when the tab first read it are not an event,
 * and neither are changes that the visitor did not make in this tab, such as by an order or by another tab.
 *
 * The page names the root of WordPress's API.
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
      // An element with `data-footfall` records this event itself.
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
    // An answer is outdated if the cart was changed or read again since the request.
    if (seen === store.footfall_cart) {
      store.footfall_cart = JSON.stringify(now)
      if (/ $/.test(seen)) {
        // Throws if the cart was not read before.
        const before: Items = JSON.parse(seen)
        tell('add_to_cart', now, before)
        tell('remove_from_cart', before, now)
      }
    }
  } catch {}
}

// A form or a link that opens a new page: the cart is read there.
addEventListener(
  'click',
  ({ target }) => {
    const node = (target as Element).closest?.<HTMLAnchorElement & HTMLButtonElement>('a,[type=submit]')
    if (node && CHANGE.test('f' + [node.href, node.className, node.name, node.form?.action])) store.footfall_cart += ' '
  },
  true,
)

// On a new page, an empty cart is read only after a change.
if (store.footfall_cart !== '{}') read()

new PerformanceObserver(list => {
  // WooCommerce's cart page posts its form to its own address.
  const changes = (list.getEntries() as PerformanceResourceTiming[]).some(
    ({ initiatorType, name }) => name === location.href || CHANGE.test(initiatorType + name),
  )
  if (changes) {
    store.footfall_cart += ' '
    read()
  }
}).observe({ type: 'resource', buffered: true })

export {}
